import { answers, axe, fails, hangs, http, HttpResponse, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { ConsentPage, SignOutPage } from '.';
import { destinationOf } from './destination';

const request = 'client_id=shop&scope=openid+email&state=x';
const options = { at: `/consent?${new URLSearchParams({ request }).toString()}` };
const question = { client_id: 'shop', client_name: 'Book shop', scopes: { openid: 'know who you are', future: 'water your plants' } };
const CONSENT = '/api/v1/consent';

beforeEach(() => server.use(...signedIn));

test('what an application wants is said in words, and allowed or refused', async () => {
  const asked: (string | null)[] = [];
  const sent: unknown[] = [];
  server.use(
    http.get(CONSENT, ({ request: { url } }) => {
      asked.push(new URL(url).searchParams.get('request'));
      return HttpResponse.json(question);
    }),
    http.post(CONSENT, async ({ request: posted }) => {
      sent.push(await posted.json());
      return HttpResponse.json({ location: '#gone' });
    }),
  );
  const { user, container } = await render(<ConsentPage />, options);
  expect(await screen.findByRole('heading', { level: 1, name: 'Allow Book shop to use your account?' })).toBeVisible();
  expect(asked).toEqual([request]);
  expect(screen.getByText('Know that it is you')).toBeVisible();
  expect(screen.getByText('water your plants')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Don’t allow' }));
  expect(sent).toEqual([{ allow: false, request }]);
});

test('a question that makes no sense is not asked', async () => {
  server.use(refuses('get', CONSENT, 400, 'auth.authorization-request-invalid'));
  await render(<ConsentPage />, options);
  expect(await screen.findByRole('heading', { level: 1, name: 'This question can’t be answered' })).toBeVisible();
});

test('an address without a question says so', async () => {
  await render(<ConsentPage />, { at: '/consent' });
  expect(await screen.findByText(/asked in a way/)).toBeVisible();
});

test('a question on its way keeps its place, and one that fails can be tried again', async () => {
  server.use(hangs('get', CONSENT));
  const { unmount } = await render(<ConsentPage />, options);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(fails('get', CONSENT));
  const { user } = await render(<ConsentPage />, options);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(answers('get', CONSENT, question));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: 'Allow' })).toBeVisible();
});

const OUT = '/api/v1/sign-out';
const asking = { at: `/sign-out?${new URLSearchParams({ request: 'client_id=shop&state=x' }).toString()}` };
const signingOut = http.delete('/api/v1/session', () => new HttpResponse(null, { status: 204 }));

test('signing out for an application asks first, and names where the way leads', async () => {
  const asked: (string | null)[] = [];
  server.use(
    signingOut,
    http.get(OUT, ({ request: { url } }) => {
      asked.push(new URL(url).searchParams.get('request'));
      return HttpResponse.json({ client_name: 'Book shop', location: 'https://shop.example/bye?state=x' });
    }),
  );
  const { user, container } = await render(<SignOutPage />, asking);
  expect(await screen.findByRole('heading', { level: 1, name: 'Sign out of Lyceum?' })).toBeVisible();
  expect(screen.getByText('Book shop asks for that.')).toBeVisible();
  expect(asked[0]).toBe('client_id=shop&state=x');
  expect(await axe(container)).toHaveNoViolations();
  server.use(refuses('get', '/api/v1/session', 401, 'not-authenticated'));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('link', { name: 'Go on to shop.example' })).toHaveAttribute('href', 'https://shop.example/bye?state=x');
});

test.each([
  ['of a request that the API does not take', `${asking.at}&return_to=https%3A%2F%2Fevil.example`],
  ['in the address', '/sign-out?return_to=https%3A%2F%2Fevil.example'],
])('a place %s is neither shown nor followed', async (_name, at) => {
  server.use(signingOut, refuses('get', OUT, 400, 'auth.logout-request-invalid'));
  const { user } = await render(<SignOutPage />, { at });
  await screen.findByRole('heading', { level: 1, name: 'Sign out of Lyceum?' });
  server.use(refuses('get', '/api/v1/session', 401, 'not-authenticated'));
  await user.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/']);
});

test('who asks to sign out keeps its place while it comes, and can be asked for again', async () => {
  server.use(hangs('get', OUT));
  const { unmount } = await render(<SignOutPage />, asking);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(fails('get', OUT));
  const { user } = await render(<SignOutPage />, asking);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(answers('get', OUT, { client_name: 'Book shop', location: null }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Book shop asks for that.')).toBeVisible();
});

test('signing out that failed says so', async () => {
  server.use(fails('delete', '/api/v1/session'));
  const { user } = await render(<SignOutPage />, { at: '/sign-out' });
  await user.click(await screen.findByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('can’t be reached');
});

test.each([
  [null, null],
  ['http://localhost/', null],
  ['javascript:alert(1)', null],
  ['data:text/html,x', null],
  ['/learning', null],
  ['https://shop.example/bye', 'shop.example'],
  ['com.example.app:/bye', 'com.example.app'],
])('%s leads to %s', (wanted, place) => {
  expect(destinationOf(wanted)?.place ?? null).toBe(place);
});
