import { fails, http, HttpResponse, refuses, render, renderRoutes, screen, server, signedIn } from '@lyceum/testing';

import { AccountControl, SignedIn } from '.';

test('a visitor is led to signing in, and back', async () => {
  await render(<AccountControl />, { at: '/courses?q=waves' });
  expect(await screen.findByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in?return_to=%2Fcourses%3Fq%3Dwaves');
});

test('signing out leads to the first page', async () => {
  server.use(...signedIn, http.delete('/api/v1/session', () => new HttpResponse(null, { status: 204 })));
  const { user, address } = await render(<AccountControl />, { at: '/settings' });
  await user.click(await screen.findByRole('button', { name: 'Account of Ada Lovelace' }));
  server.use(refuses('get', '/api/v1/session', 401, 'not-authenticated'));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Sign in' })).toBeVisible();
  expect(address()).toBe('/');
});

test('whether somebody is signed in can stay unknown without a network, and be asked again', async () => {
  server.use(fails('get', '/api/v1/session'));
  const { user } = await renderRoutes(() => [{ Component: SignedIn, children: [{ path: '/', element: <h1>Mine</h1> }] }]);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(...signedIn);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Mine' })).toBeVisible();
});
