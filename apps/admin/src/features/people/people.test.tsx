import type { AssignmentView, RoleView } from '@lyceum/api-client/auth';
import type { Account } from '@lyceum/api-client/identity';
import { allowed, answers, axe, examples, hangs, http, HttpResponse, page, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { PeoplePage, PersonPage } from '.';

const USERS = '/api/v1/users';
const assignment: AssignmentView = {
  id: examples.id(9), user_id: examples.id(2), role: 'administrator', scope: 'platform', scope_id: null, assigned_by: null, assigned_at: '2026-03-01T09:00:00Z',
};
const roles: RoleView[] = [
  { name: 'administrator', title: 'Administrator', built_in: true, version: 0, permissions: ['auth.role.assign', 'identity.user.manage'] },
  { name: 'author', title: 'Author', built_in: true, version: 0, permissions: ['course.course.create'] },
];

describe('the list', () => {
  test('shows people, and more of them when asked', async () => {
    const grace: Account = { ...examples.account, id: examples.id(5), display_name: 'Grace Hopper', email: 'grace@example.org', status: 'deactivated' };
    server.use(http.get(USERS, ({ request }) => HttpResponse.json(new URL(request.url).searchParams.has('cursor') ? page([grace]) : page([examples.account], 'next'))));
    const { user, container } = await render(<PeoplePage />);
    expect(await screen.findByRole('link', { name: 'Ada Lovelace' })).toHaveAttribute('href', `/people/${examples.id(2)}`);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('grace@example.org')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('asks for what the address says, and the address follows what is typed', async () => {
    const asked: string[] = [];
    server.use(http.get(USERS, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(page([]));
    }));
    const { user, address } = await render(<PeoplePage />, { at: '/people?status=deactivated' });
    expect(await screen.findByText('Nobody matches')).toBeVisible();
    await user.type(screen.getByRole('searchbox'), 'gra');
    await waitFor(() => expect(address()).toBe('/people?status=deactivated&q=gra'));
    await waitFor(() => expect(asked.at(-1)).toMatch(/q=gra.*status=deactivated|status=deactivated.*q=gra/));
    await user.click(await screen.findByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(address()).toBe('/people'));
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  test('keeps its place while it comes', async () => {
    server.use(hangs('get', USERS));
    await render(<PeoplePage />);
    expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  });

  test('says why it was refused', async () => {
    server.use(refuses('get', USERS, 403, 'permission-denied', { title: 'You may not do this' }));
    await render(<PeoplePage />);
    expect(await screen.findByRole('alert')).toHaveTextContent('You may not do this');
  });
});

describe('a person', () => {
  const open = () => render(<PersonPage />, { path: '/people/:userId', at: `/people/${examples.id(2)}` });

  beforeEach(() =>
    server.use(
      allowed('auth.role.assign', 'identity.user.manage'),
      ...signedIn,
      answers('get', '/api/v1/users/:id', examples.account),
      answers('get', '/api/v1/role-assignments', page([assignment])),
      answers('get', '/api/v1/roles', page(roles)),
    ));

  test('shows the account and the roles', async () => {
    const { container } = await open();
    expect(await screen.findByText('Administrator')).toBeVisible();
    expect(screen.getByText('The whole platform')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('can be given a role', async () => {
    let sent: unknown;
    server.use(http.post('/api/v1/role-assignments', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(assignment, { status: 201 });
    }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Give a role' }));
    await user.click(await screen.findByRole('button', { name: /Choose…/ }));
    await user.click(await screen.findByRole('option', { name: 'Author' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Give a role' }));
    expect(await screen.findByText('The role was given')).toBeVisible();
    expect(sent).toEqual({ user_id: examples.id(2), role: 'author', scope: 'platform', scope_id: null });
  });

  test('can lose a role, after a question', async () => {
    server.use(http.delete('/api/v1/role-assignments/:id', () => new HttpResponse(null, { status: 204 })));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Take away the role Administrator' }));
    await user.click(await screen.findByRole('button', { name: 'Take away' }));
    expect(await screen.findByText('The role was taken away')).toBeVisible();
  });

  test('can be deactivated, and a refusal is told', async () => {
    server.use(refuses('post', '/api/v1/users/:id/deactivation', 409, 'conflict', { detail: 'You cannot deactivate yourself.' }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Deactivate' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Deactivate' }));
    expect(await screen.findByText('You cannot deactivate yourself.')).toBeVisible();
    await waitFor(() => expect(screen.queryByRole('alertdialog', { name: /^Deactivate/ })).not.toBeInTheDocument());
  });

  test('stays as it is when the question is left, and the focus goes back', async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Deactivate' }));
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    await waitFor(() => expect(screen.getByRole('button', { name: 'Deactivate' })).toHaveFocus());
  });

  test('that is deactivated can be let in again', async () => {
    server.use(answers('get', '/api/v1/users/:id', { ...examples.account, status: 'deactivated' }), answers('post', '/api/v1/users/:id/reactivation', examples.account));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Reactivate' }));
    expect(await screen.findByText(/can sign in again$/)).toBeVisible();
  });

  test('that does not exist is told', async () => {
    server.use(refuses('get', '/api/v1/users/:id', 404, 'not-found', { title: 'There is no such person' }));
    await open();
    expect(await screen.findByText('There is no such person')).toBeVisible();
    expect(screen.getByRole('link', { name: 'All people' })).toHaveAttribute('href', '/people');
  });
});
