import type { AssignmentView } from '@lyceum/api-client/auth';
import { answers, axe, examples, page, refuses, renderRoutes, screen, server, signedIn } from '@lyceum/testing';

import { routes } from './routes';

const author: AssignmentView = {
  id: examples.id(9), user_id: examples.id(2), role: 'author', scope: 'platform', scope_id: null, assigned_by: null, assigned_at: '2026-03-01T09:00:00Z',
};

test('the first page opens for those who are signed in, with what they may do', async () => {
  server.use(...signedIn, answers('get', '/api/v1/role-assignments', page([author])), refuses('get', '/api/v1/roles', 403, 'permission-denied'));
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
