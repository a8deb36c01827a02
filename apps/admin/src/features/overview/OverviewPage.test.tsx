import { allowed, axe, hangs, render, screen, server, signedIn } from '@lyceum/testing';

import { OverviewPage } from '.';

test('an administrator sees every area', async () => {
  server.use(allowed('course.course.create', 'identity.user.read', 'auth.audit-log.read'), ...signedIn);
  const { container } = await render(<OverviewPage />);
  expect(await screen.findByRole('link', { name: 'Audit log' })).toHaveAttribute('href', '/audit');
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Welcome, Ada Lovelace');
  expect(await axe(container)).toHaveNoViolations();
});

test('an author sees what authors do', async () => {
  server.use(allowed('course.course.create'), ...signedIn);
  await render(<OverviewPage />);
  expect(await screen.findByRole('link', { name: 'Courses' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'People' })).not.toBeInTheDocument();
});

test('it keeps the place while it asks', async () => {
  server.use(hangs('get', '/api/v1/session'));
  await render(<OverviewPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});
