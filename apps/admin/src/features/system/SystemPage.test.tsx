import { answers, axe, fails, hangs, render, screen, server } from '@lyceum/testing';

import { SystemPage } from '.';

const check = (status: string, required = true) => ({ status, required, milliseconds: 3 });

test('everything that works is named', async () => {
  server.use(answers('get', '/readyz', { status: 'ready', checks: { 'database of auth': check('passing'), redis: check('failing', false) } }));
  const { container } = await render(<SystemPage />);
  expect(await screen.findByText('Everything that is needed works')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'database of auth' })).toBeVisible();
  expect(screen.getByText('Can be missing for a while')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('an answer of 503 is shown like any other', async () => {
  server.use(answers('get', '/readyz', { status: 'unavailable', checks: { 'database of auth': check('failing') } }, 503));
  await render(<SystemPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Something that is needed does not work');
  expect(screen.getByText('Fails')).toBeVisible();
});

test('a process without modules says so', async () => {
  server.use(answers('get', '/readyz', { status: 'ready', checks: {} }));
  await render(<SystemPage />);
  expect(await screen.findByText('Nothing is checked')).toBeVisible();
});

test('it keeps its place while it asks, and says when nobody answers', async () => {
  server.use(hangs('get', '/readyz'));
  const first = await render(<SystemPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  first.unmount();
  server.use(fails('get', '/readyz'));
  await render(<SystemPage />);
  expect(await screen.findByText('You are offline')).toBeVisible();
});
