import { axe, renderRoutes, screen } from '@lyceum/testing';

import { routes } from './routes';

test('the first page opens', async () => {
  await renderRoutes(routes);
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(/Overview/);
});

test('an address that leads nowhere says so, and leads home', async () => {
  const { user, address, container } = await renderRoutes(routes, { at: '/no/such/page' });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('There is nothing here');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('link', { name: 'Go to the start page' }));
  expect(address()).toBe('/');
});
