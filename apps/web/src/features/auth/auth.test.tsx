import { act, answers, axe, examples, fails, hangs, http, HttpResponse, page, refuses, render, renderRoutes, screen, server, signedIn, waitFor } from '@lyceum/testing';
import type { RouteObject } from 'react-router';

import { ForgottenPasswordPage, ResetPasswordPage, SignInPage, SignUpPage, VerifyEmailPage } from '.';
import { SignedIn } from '../session';

const noProviders = answers('get', '/api/v1/external-providers', page([]));

async function fill(user: Awaited<ReturnType<typeof render>>['user'], texts: Record<string, string>) {
  for (const [label, text] of Object.entries(texts)) await user.type(await screen.findByLabelText(label), text);
}

test('signing in leads back to where the way was cut', async () => {
  server.use(noProviders);
  let isIn = false;
  server.use(
    http.get('/api/v1/session', () => (isIn ? HttpResponse.json(examples.session) : HttpResponse.json({ code: 'not-authenticated', status: 401 }, { status: 401 }))),
    http.post('/api/v1/session', () => {
      isIn = true;
      return HttpResponse.json(examples.session);
    }),
  );
  const routes = (): RouteObject[] => [
    { path: '/sign-in', Component: SignInPage },
    { Component: SignedIn, children: [{ path: '/learning', element: <h1>My own page</h1> }] },
  ];
  const { user, address } = await renderRoutes(routes, { at: '/learning?tab=1' });
  expect(await screen.findByRole('heading', { name: 'Welcome back' })).toBeVisible();
  expect(address()).toBe('/sign-in?return_to=%2Flearning%3Ftab%3D1');
  await fill(user, { 'E-mail address': 'ada@example.org', Password: 'correct horse{Enter}' });
  expect(await screen.findByRole('heading', { name: 'My own page' })).toBeVisible();
  expect(address()).toBe('/learning?tab=1');
});

test('a wrong password is told without saying which of the two is wrong', async () => {
  server.use(noProviders, refuses('post', '/api/v1/session', 401, 'auth.sign-in-failed'));
  const { user, container } = await render(<SignInPage />);
  await fill(user, { 'E-mail address': 'ada@example.org', Password: 'wrong' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('do not belong together');
  expect(await axe(container)).toHaveNoViolations();
});

test('an address that is none is not sent', async () => {
  server.use(noProviders);
  const { user } = await render(<SignInPage />);
  await fill(user, { 'E-mail address': 'ada', Password: 'x' });
  await user.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText(/Enter an e-mail address/)).toBeVisible();
  expect(screen.getByLabelText('E-mail address')).toBeInvalid();
});

test('without a network signing in says so', async () => {
  server.use(noProviders, fails('post', '/api/v1/session'));
  const { user } = await render(<SignInPage />);
  await fill(user, { 'E-mail address': 'ada@example.org', Password: 'x{Enter}' });
  expect(await screen.findByRole('alert')).toHaveTextContent('can’t be reached');
});

test('the button waits while the answer is on its way', async () => {
  server.use(noProviders, hangs('post', '/api/v1/session'));
  const { user } = await render(<SignInPage />);
  await fill(user, { 'E-mail address': 'ada@example.org', Password: 'x{Enter}' });
  expect(await screen.findByRole('button', { name: /Sign in/ })).toHaveAttribute('data-pending');
});

test('other places to sign in keep the way back', async () => {
  server.use(answers('get', '/api/v1/external-providers', page([{ name: 'campus' }])));
  await render(<SignInPage />, { at: '/sign-in?return_to=/learning' });
  expect(await screen.findByRole('link', { name: 'Continue with Campus' })).toHaveAttribute('href', '/api/v1/external-sign-in/campus?return_to=%2Flearning');
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example'])('%s is no way back', async (evil) => {
  server.use(answers('get', '/api/v1/external-providers', page([{ name: 'campus' }])));
  await render(<SignInPage />, { at: `/sign-in?return_to=${encodeURIComponent(evil)}` });
  expect(await screen.findByRole('link', { name: 'Continue with Campus' })).toHaveAttribute('href', '/api/v1/external-sign-in/campus?return_to=%2F');
});

test('signing up ends with a look into the mail', async () => {
  server.use(noProviders, answers('post', '/api/v1/registrations', { message: 'sent' }, 202));
  const { user, container } = await render(<SignUpPage />);
  await fill(user, { 'Your name': 'Ada', 'E-mail address': 'ada@example.org', Password: 'a few good words' });
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Create the account' }));
  expect(await screen.findByText(/We have written to ada@example.org/)).toBeVisible();
});

test('a mail that does not come is sent again after a wait, with the same data', async () => {
  jest.useFakeTimers({ advanceTimers: true });
  const sent: unknown[] = [];
  server.use(
    noProviders,
    http.post('/api/v1/registrations', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ message: 'sent' }, { status: 202 });
    }),
  );
  const { user, container } = await render(<SignUpPage />);
  await fill(user, { 'Your name': 'Ada', 'E-mail address': 'ada@example.org', Password: 'a few good words{Enter}' });
  const again = await screen.findByRole('button', { name: 'Send it again' });
  expect(again).toBeDisabled();
  expect(screen.getByText(/Once more in/)).toHaveTextContent(/[01]:\d\d/);
  expect(await axe(container)).toHaveNoViolations();
  for (const minutes of [1, 2, 5, 10]) {
    act(() => jest.advanceTimersByTime(minutes * 60_000));
    expect(again).toBeEnabled();
    await user.click(again);
    expect(await screen.findByText('We have written once more.')).toBeVisible();
  }
  await waitFor(() => expect(again).not.toBeInTheDocument());
  expect(sent).toHaveLength(5);
  expect(sent.at(-1)).toEqual(sent[0]);
  jest.useRealTimers();
});

test('a further mail that is refused says why', async () => {
  jest.useFakeTimers({ advanceTimers: true });
  server.use(noProviders, answers('post', '/api/v1/registrations', { message: 'sent' }, 202));
  const { user } = await render(<SignUpPage />);
  await fill(user, { 'Your name': 'Ada', 'E-mail address': 'ada@example.org', Password: 'a few good words{Enter}' });
  const again = await screen.findByRole('button', { name: 'Send it again' });
  act(() => jest.advanceTimersByTime(60_000));
  server.use(fails('post', '/api/v1/registrations'));
  await user.click(again);
  expect(await screen.findByRole('alert')).toHaveTextContent('can’t be reached');
  expect(again).toBeEnabled();
  jest.useRealTimers();
});

test('a wrong address is corrected without writing the rest again', async () => {
  server.use(noProviders, answers('post', '/api/v1/registrations', { message: 'sent' }, 202));
  const { user } = await render(<SignUpPage />);
  await fill(user, { 'Your name': 'Ada', 'E-mail address': 'ada@example.orgg', Password: 'a few good words{Enter}' });
  await user.click(await screen.findByRole('button', { name: 'Use another address' }));
  expect(screen.getByLabelText('E-mail address')).toHaveFocus();
  expect(screen.getByLabelText('Your name')).toHaveValue('Ada');
  await user.keyboard('ada@example.org{Enter}');
  expect(await screen.findByText(/We have written to ada@example.org\./)).toBeVisible();
});

test('a password that is refused says why at its field', async () => {
  server.use(noProviders, refuses('post', '/api/v1/registrations', 422, 'identity.password-refused', { detail: 'It is too short.' }));
  const { user } = await render(<SignUpPage />);
  await fill(user, { 'Your name': 'Ada', 'E-mail address': 'ada@example.org', Password: 'abc{Enter}' });
  expect(await screen.findByText('It is too short.')).toBeVisible();
  expect(screen.getByLabelText('Password')).toBeInvalid();
});

test('the link of the mail is used up by a press, not by opening it', async () => {
  server.use(answers('post', '/api/v1/registrations/verification', { user_id: examples.id(2) }));
  const { user } = await render(<VerifyEmailPage />, { at: '/verify-email?token=abc' });
  await user.click(screen.getByRole('button', { name: 'Confirm my address' }));
  expect(await screen.findByRole('heading', { name: 'Your account is ready' })).toBeVisible();
});

test('a link that was used says so', async () => {
  server.use(refuses('post', '/api/v1/registrations/verification', 404, 'identity.registration-not-found'));
  const { user } = await render(<VerifyEmailPage />, { at: '/verify-email?token=abc' });
  await user.click(screen.getByRole('button', { name: 'Confirm my address' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('This link has been used');
});

test('a link without its code says so', async () => {
  await render(<VerifyEmailPage />, { at: '/verify-email' });
  expect(screen.getByText(/This link is incomplete/)).toBeVisible();
});

test('asking for a new password tells nobody whether there is an account', async () => {
  server.use(answers('post', '/api/v1/password-resets', { message: 'sent' }, 202));
  const { user } = await render(<ForgottenPasswordPage />);
  await fill(user, { 'E-mail address': 'ada@example.org{Enter}' });
  expect(await screen.findByText(/If there is an account/)).toBeVisible();
});

test('a new password is set with the token of the mail', async () => {
  server.use(
    http.post('/api/v1/password-resets/completion', async ({ request }) => {
      expect(await request.json()).toEqual({ password: 'a few good words', token: 'abc' });
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { user } = await render(<ResetPasswordPage />, { at: '/reset-password?token=abc' });
  await fill(user, { 'New password': 'a few good words{Enter}' });
  expect(await screen.findByRole('heading', { name: 'Your password is changed' })).toBeVisible();
});

test('a weak new password says why', async () => {
  server.use(refuses('post', '/api/v1/password-resets/completion', 422, 'auth.weak-password', { detail: 'Known to attackers.' }));
  const { user } = await render(<ResetPasswordPage />, { at: '/reset-password?token=abc' });
  await fill(user, { 'New password': 'password{Enter}' });
  expect(await screen.findByText('Known to attackers.')).toBeVisible();
});

test('who is signed in already goes on at once', async () => {
  server.use(noProviders, ...signedIn);
  const routes = (): RouteObject[] => [{ path: '/sign-in', Component: SignInPage }, { path: '/', element: <h1>Home</h1> }];
  await renderRoutes(routes, { at: '/sign-in' });
  expect(await screen.findByRole('heading', { name: 'Home' })).toBeVisible();
});
