import { act, render } from '@testing-library/react';
import { createMemoryRouter, RouterProvider } from 'react-router';

import { Scrolling } from './Scrolling';

/** Where the page is remembered to be, by the key of each place. */
function remembered(): string[] {
  window.dispatchEvent(new Event('pagehide'));
  return Object.keys(JSON.parse(sessionStorage.getItem('react-router-scroll-positions') ?? '{}') as Record<string, number>);
}

beforeAll(() => {
  window.scrollTo = () => undefined;
});

beforeEach(() => sessionStorage.clear());

test('a page that is opened by its address is remembered by it, so that another begins at its top', () => {
  const router = createMemoryRouter([{ path: '*', element: <Scrolling /> }], { initialEntries: ['/courses?q=light'] });
  render(<RouterProvider router={router} />);
  expect(remembered()).toEqual(['/courses?q=light']);
});

test('a page that one went on to is remembered by its place in the history', async () => {
  const router = createMemoryRouter([{ path: '*', element: <Scrolling /> }], { initialEntries: ['/courses'] });
  render(<RouterProvider router={router} />);
  await act(() => router.navigate('/courses/logic'));
  expect(remembered()).toContain(router.state.location.key);
  expect(router.state.location.key).not.toBe('default');
});
