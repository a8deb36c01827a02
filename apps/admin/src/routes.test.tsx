import { allowed, axe, renderRoutes, screen, server, signedIn } from '@lyceum/testing';

import { routes } from './routes';

test('the first page opens for those who are signed in, with what they may do', async () => {
  server.use(allowed('course.course.create'), ...signedIn);
  await renderRoutes(routes);
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(/Welcome, Ada/);
  expect(screen.getAllByRole('link', { name: 'Courses' })[0]).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Audit log' })).not.toBeInTheDocument();
});

test('others are asked to sign in, whatever the address', async () => {
  await renderRoutes(routes, { at: '/people' });
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Sign in to the Admin Portal');
});

test('an address that leads nowhere says so, and leads home', async () => {
  const { user, address, container } = await renderRoutes(routes, { at: '/no/such/page' });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('There is nothing here');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('link', { name: 'Go to the start page' }));
  expect(address()).toBe('/');
});
