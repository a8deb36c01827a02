import type { AssignmentView, RoleView } from '@lyceum/api-client/auth';
import { answers, axe, examples, hangs, page, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { OverviewPage } from '.';

const held = (role: string): AssignmentView => ({
  id: examples.id(9), user_id: examples.id(2), role, scope: 'platform', scope_id: null, assigned_by: null, assigned_at: '2026-03-01T09:00:00Z',
});
const administrator: RoleView = {
  name: 'administrator', title: 'Administrator', built_in: true, version: 0, permissions: ['course.course.create', 'identity.user.read', 'auth.audit-log.read'],
};

test('an administrator sees every area', async () => {
  server.use(...signedIn, answers('get', '/api/v1/role-assignments', page([held('administrator')])), answers('get', '/api/v1/roles', page([administrator])));
  const { container } = await render(<OverviewPage />);
  expect(await screen.findByRole('link', { name: 'Audit log' })).toHaveAttribute('href', '/audit');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Welcome, Ada Lovelace');
  expect(await axe(container)).toHaveNoViolations();
});

test('an author, who may not read the roles, sees what authors do', async () => {
  server.use(...signedIn, answers('get', '/api/v1/role-assignments', page([held('author')])), refuses('get', '/api/v1/roles', 403, 'permission-denied'));
  await render(<OverviewPage />);
  expect(await screen.findByRole('link', { name: 'Courses' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'People' })).not.toBeInTheDocument();
});

test('it keeps the place while it asks', async () => {
  server.use(hangs('get', '/api/v1/session'));
  await render(<OverviewPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});
