import { axe, fails, hangs, render, screen, server, signedIn } from '@lyceum/testing';

import { OverviewPage } from '.';

test('it names who is signed in', async () => {
  server.use(...signedIn);
  const { container } = await render(<OverviewPage />);
  expect(await screen.findByText('Ada Lovelace')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('it says that nobody is signed in', async () => {
  await render(<OverviewPage />);
  expect(await screen.findByText('You are not signed in')).toBeVisible();
});

test('it keeps the place while it asks', async () => {
  server.use(hangs('get', '/api/v1/session'));
  await render(<OverviewPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('without a network it says that, and can try again', async () => {
  server.use(fails('get', '/api/v1/session'));
  const { user } = await render(<OverviewPage />);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(...signedIn);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('ada@example.org')).toBeVisible();
});
