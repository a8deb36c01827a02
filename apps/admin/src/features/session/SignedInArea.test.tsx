import { allowed, answers, axe, examples, fails, hangs, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { SignedInArea } from './area';
import { AccountMenu } from './menu';

const authorised = [allowed('course.course.create'), ...signedIn];

test('whoever is not signed in gets the form, and the page after it', async () => {
  const { user, container } = await render(<SignedInArea />);
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Sign in to the Admin Portal');
  expect(await axe(container)).toHaveNoViolations();
  await user.type(screen.getByLabelText('E-mail'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'analytical');
  server.use(answers('post', '/api/v1/session', examples.session), ...authorised);
  await user.keyboard('{Enter}');
  await screen.findByText((_, element) => element?.tagName === 'BODY' && screen.queryByLabelText('Password') === null);
  expect(screen.queryByRole('heading', { level: 1 })).not.toBeInTheDocument();
});

test('a wrong password says so, without telling which part was wrong', async () => {
  server.use(refuses('post', '/api/v1/session', 401, 'auth.invalid-credentials'));
  const { user } = await render(<SignedInArea />);
  await user.type(await screen.findByLabelText('E-mail'), 'ada@example.org');
  await user.type(screen.getByLabelText('Password'), 'wrong{Enter}');
  expect(await screen.findByRole('alert')).toHaveTextContent('Check your e-mail address and your password.');
});

test('an account without a role is told so', async () => {
  server.use(...signedIn);
  await render(<SignedInArea />);
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('Nothing to manage here');
});

test('it keeps the place while it asks', async () => {
  server.use(hangs('get', '/api/v1/session'));
  await render(<SignedInArea />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('without a network it says that', async () => {
  server.use(fails('get', '/api/v1/session'));
  await render(<SignedInArea />);
  expect(await screen.findByText('You are offline')).toBeVisible();
});

test('the account menu signs out', async () => {
  server.use(...signedIn);
  let signedOut = false;
  const { user } = await render(<AccountMenu />);
  const { http, HttpResponse } = await import('@lyceum/testing');
  server.use(http.delete('/api/v1/session', () => {
    signedOut = true;
    return new HttpResponse(null, { status: 204 });
  }));
  await user.click(await screen.findByRole('button', { name: 'Account of Ada Lovelace' }));
  await user.click(screen.getByRole('menuitem', { name: 'Sign out' }));
  await screen.findByText((_, element) => element?.tagName === 'BODY' && signedOut);
});
