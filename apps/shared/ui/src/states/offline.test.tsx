import { act, axe, render, renderRoutes, screen, waitFor } from '@lyceum/testing';

import { OfflineBar, RouteError } from '../index';

function network(isThere: boolean) {
  jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(isThere);
  act(() => void globalThis.dispatchEvent(new Event(isThere ? 'online' : 'offline')));
}

afterEach(() => jest.restoreAllMocks());

test('a lost network is told, and gone when it is back', async () => {
  const { container } = await render(<OfflineBar />);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
  network(false);
  expect(screen.getByRole('status')).toHaveTextContent('You are offline');
  expect(await axe(container)).toHaveNoViolations();
  network(true);
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

test('a page whose code could not come for want of a network says that', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => undefined);
  jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  network(false);
  await renderRoutes(() => [{ path: '/', ErrorBoundary: RouteError, lazy: () => Promise.reject(new TypeError('Failed to fetch')) }]);
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('You are offline'));
  expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
});
