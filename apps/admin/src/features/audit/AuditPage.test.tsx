import type { AuditEntryView, AuditVerification } from '@lyceum/api-client/auth';
import { answers, axe, examples, fireEvent, hangs, http, HttpResponse, page, refuses, render, screen, server, waitFor } from '@lyceum/testing';

import { AuditPage } from '.';

const LOG = '/api/v1/audit-log';
const entry: AuditEntryView = {
  sequence: 4, recorded_at: '2026-03-01T09:00:00Z', actor: examples.id(2), action: 'auth.role.assigned', target: `user:${examples.id(5)}`,
  details: { role: 'author', scope: 'platform', scope_id: null }, hash: 'abc',
};
const sound: AuditVerification = { sound: true, entries: 4, head: 'abc', first_bad: null, tampering: null };

beforeEach(() =>
  server.use(
    answers('get', LOG, page([entry])),
    answers('get', `${LOG}/verification`, sound),
    answers('get', '/api/v1/users/:id/profile', { id: examples.id(2), display_name: 'Ada Lovelace', bio: '' }),
  ));

test('entries are shown with who did it, and that the chain is sound', async () => {
  const { container } = await render(<AuditPage />);
  expect(await screen.findByText('auth.role.assigned')).toBeVisible();
  expect(await screen.findByText('Ada Lovelace')).toBeVisible();
  expect(screen.getByText('The chain is sound: 4 entries')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('tampering is an alarm', async () => {
  server.use(answers('get', `${LOG}/verification`, { ...sound, sound: false, first_bad: 3, tampering: 'altered' }));
  await render(<AuditPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('The chain is broken at entry 3');
});

test('the filter stands in the address; what is no id is not asked for', async () => {
  server.use(answers('get', LOG, page([])));
  const { user, address } = await render(<AuditPage />, { at: '/audit' });
  const field = await screen.findByLabelText('Actor (id)');
  await user.type(field, 'ada{Enter}');
  expect(await screen.findByText(/An id looks like/)).toBeVisible();
  expect(address()).toBe('/audit');
  await user.clear(field);
  await user.type(field, `${examples.id(2)}{Enter}`);
  await waitFor(() => expect(address()).toBe(`/audit?actor=${examples.id(2)}`));
  expect(await screen.findByText('No entries')).toBeVisible();
});

test('actions and a time narrow the list; all of it stands in the address', async () => {
  const asked: string[] = [];
  server.use(http.get(LOG, ({ request }) => {
    asked.push(new URL(request.url).search);
    return HttpResponse.json(page([entry]));
  }));
  const { user, address } = await render(<AuditPage />, { at: '/audit?since=2026-03-01T08:00:00.000Z&until=rubbish' });
  const field = await screen.findByLabelText('Action');
  await user.type(field, 'Auth{Enter}');
  expect(await screen.findByText(/An action looks like/)).toBeVisible();
  await user.clear(field);
  await user.type(field, 'auth.role');
  await user.tab();
  await waitFor(() => expect(address()).toContain('action=auth.role'));
  await waitFor(() => expect(asked.at(-1)).toContain('action=auth.role'));
  expect(asked.at(-1)).toContain(`since=${encodeURIComponent('2026-03-01T08:00:00.000Z')}`);
  expect(asked.at(-1)).not.toContain('until');
  fireEvent.change(screen.getByLabelText('Before'), { target: { value: '2026-03-02T00:00' } });
  await waitFor(() => expect(asked.at(-1)).toContain('until=2026-03-0'));
  await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
  await waitFor(() => expect(address()).toBe('/audit'));
});

test('an entry leads to those with the same action, within the other filters', async () => {
  await render(<AuditPage />, { at: `/audit?actor=${examples.id(2)}` });
  const link = await screen.findByRole('link', { name: /^auth.role.assigned:/ });
  expect(link).toHaveAttribute('href', `/audit?actor=${examples.id(2)}&action=auth.role.assigned`);
});

test('it keeps its place while it comes', async () => {
  server.use(hangs('get', LOG), hangs('get', `${LOG}/verification`));
  await render(<AuditPage />);
  expect(screen.getAllByRole('status')).toHaveLength(2);
});

test('a refusal shows its own words', async () => {
  server.use(refuses('get', LOG, 403, 'permission-denied', { title: 'You may not do this' }));
  await render(<AuditPage />);
  expect(await screen.findByText('You may not do this')).toBeVisible();
});
