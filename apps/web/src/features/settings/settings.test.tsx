import { answers, axe, examples, fails, hangs, http, HttpResponse, page, refuses, render, renderRoutes, screen, server, signedIn, within } from '@lyceum/testing';
import type { SessionView } from '@lyceum/api-client/auth';

import { DevicesPage, ProfilePage, SettingsFrame, SignInSettingsPage } from '.';
import { browserOf } from './browser-of';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';
const device: SessionView = { id: examples.id(50), started_at: '2026-03-01T09:00:00Z', last_seen_at: '2026-03-02T09:00:00Z', expires_at: '2026-04-01T09:00:00Z', user_agent: phone, network: '203.0.113.0/24' };
const here: SessionView = { ...device, id: examples.id(51), user_agent: chrome, current: true };
const identity = { id: examples.id(60), issuer: 'https://login.campus.example/realm', subject: 'ada', linked_at: '2026-03-01T09:00:00Z' };

beforeEach(() => server.use(...signedIn));

test('the profile is changed with the version that was read', async () => {
  const sent: unknown[] = [];
  server.use(
    http.patch('/api/v1/me', async ({ request }) => {
      sent.push([request.headers.get('If-Match'), await request.json()]);
      return HttpResponse.json({ ...examples.me, display_name: 'Ada King', version: 2 });
    }),
  );
  const { user, container } = await render(<ProfilePage />);
  const name = await screen.findByRole('textbox', { name: 'Your name' });
  expect(await axe(container)).toHaveNoViolations();
  await user.clear(name);
  await user.type(name, 'Ada King');
  await user.click(screen.getByRole('radio', { name: 'Nobody' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Your changes are saved')).toBeVisible();
  expect(sent).toMatchObject([['"1"', { display_name: 'Ada King', visibility: 'private', time_zone: 'Europe/London' }]]);
});

test('a profile without a name is not sent', async () => {
  const { user } = await render(<ProfilePage />);
  await user.clear(await screen.findByRole('textbox', { name: 'Your name' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Enter a name.')).toBeVisible();
});

test('a profile that was changed elsewhere says so and keeps what was typed', async () => {
  server.use(refuses('patch', '/api/v1/me', 412, 'precondition-failed'));
  const { user } = await render(<ProfilePage />);
  await user.type(await screen.findByRole('textbox', { name: 'About you' }), 'I count.');
  server.use(answers('get', '/api/v1/me', { ...examples.me, version: 2 }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('changed somewhere else');
  expect(screen.getByRole('textbox', { name: 'About you' })).toHaveValue('I count.');
});

test('a profile on its way keeps its place, and one that fails can be tried again', async () => {
  server.use(hangs('get', '/api/v1/me'));
  const { unmount } = await render(<ProfilePage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(fails('get', '/api/v1/me'));
  const { user } = await render(<ProfilePage />);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(...signedIn);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('textbox', { name: 'Your name' })).toHaveValue('Ada Lovelace');
});

describe('signing in', () => {
  beforeEach(() => server.use(answers('get', '/api/v1/external-providers', page([])), answers('get', '/api/v1/external-identities', page([]))));

  test('the password is changed', async () => {
    server.use(http.put('/api/v1/password', () => new HttpResponse(null, { status: 204 })));
    const { user, container } = await render(<SignInSettingsPage />);
    await user.type(screen.getByLabelText('Your password now'), 'old words');
    await user.type(screen.getByLabelText('New password'), 'new words{Enter}');
    expect(await screen.findByText('Your password is changed')).toBeVisible();
    expect(screen.getByLabelText('New password')).toHaveValue('');
    expect(screen.queryByText('Linked accounts')).not.toBeInTheDocument();
    expect(await axe(container)).toHaveNoViolations();
  });

  test.each([
    ['auth.wrong-password', 403, 'This is not your password.', 'Your password now'],
    ['auth.weak-password', 422, 'Known to attackers.', 'New password'],
  ])('%s is told at its field', async (code, status, text, field) => {
    server.use(refuses('put', '/api/v1/password', status, code, { detail: 'Known to attackers.' }));
    const { user } = await render(<SignInSettingsPage />);
    await user.type(screen.getByLabelText('Your password now'), 'old');
    await user.type(screen.getByLabelText('New password'), 'new{Enter}');
    expect(await screen.findByText(text)).toBeVisible();
    expect(screen.getByLabelText(field)).toBeInvalid();
  });

  test('accounts elsewhere are linked and unlinked, but not the last way in', async () => {
    server.use(
      answers('get', '/api/v1/external-providers', page([{ name: 'campus' }])),
      answers('get', '/api/v1/external-identities', page([identity])),
      refuses('delete', `/api/v1/external-identities/${identity.id}`, 409, 'auth.last-way-to-sign-in'),
    );
    const { user, container } = await render(<SignInSettingsPage />, { at: '/settings/sign-in?error=auth.external-account-in-use' });
    expect(await screen.findByRole('link', { name: 'Link Campus' })).toHaveAttribute('href', '/api/v1/external-sign-in/campus?return_to=%2Fsettings%2Fsign-in&link=true');
    expect(screen.getByText('That account is linked to somebody else here.')).toBeVisible();
    const unlink = await screen.findByRole('button', { name: 'Unlink login.campus.example' });
    expect(await axe(container)).toHaveNoViolations();
    await user.click(unlink);
    expect(await screen.findByText(/your only way to sign in/)).toBeVisible();
    server.use(http.delete(`/api/v1/external-identities/${identity.id}`, () => new HttpResponse(null, { status: 204 })), answers('get', '/api/v1/external-identities', page([])));
    await user.click(unlink);
    expect(await screen.findByText('No account is linked yet.')).toBeVisible();
  });
});

test('this device stands first, and another is signed out', async () => {
  server.use(answers('get', '/api/v1/sessions', page([device, here])));
  const { user, container } = await render(<DevicesPage />);
  const [first, second] = await screen.findAllByRole('listitem');
  expect(first).toHaveTextContent('Chrome · LinuxThis device');
  expect(within(first ?? container).queryByRole('button')).not.toBeInTheDocument();
  expect(second).toHaveTextContent('203.0.113.0/24');
  expect(await axe(container)).toHaveNoViolations();
  server.use(http.delete(`/api/v1/sessions/${device.id}`, () => new HttpResponse(null, { status: 204 })), answers('get', '/api/v1/sessions', page([here])));
  await user.click(screen.getByRole('button', { name: 'Sign out Safari · iPhone' }));
  expect(await screen.findByText('Safari · iPhone is signed out')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Sign out Safari · iPhone' })).not.toBeInTheDocument();
});

test('all others are signed out at once, and a failure is told', async () => {
  const other = { ...device, id: examples.id(52), user_agent: 'curl/8' };
  server.use(
    answers('get', '/api/v1/sessions', page([here, device, other])),
    http.delete(`/api/v1/sessions/${device.id}`, () => new HttpResponse(null, { status: 204 })),
    refuses('delete', `/api/v1/sessions/${other.id}`, 503, 'unavailable'),
  );
  const { user } = await render(<DevicesPage />);
  expect(await screen.findByText('Another program')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Sign out 2 other devices' }));
  expect(await screen.findByText('That did not work. Try again.')).toBeVisible();
});

test('devices on their way keep their place, and a failure can be tried again', async () => {
  server.use(hangs('get', '/api/v1/sessions'));
  const { unmount } = await render(<DevicesPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(refuses('get', '/api/v1/sessions', 503, 'unavailable', { title: 'Resting' }));
  await render(<DevicesPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
});

test('the pages of the settings lead to one another', async () => {
  await renderRoutes(() => [{ path: '/settings', Component: SettingsFrame, children: [{ path: 'devices', element: <h1>Devices</h1> }] }], { at: '/settings/devices' });
  const links = within(screen.getByRole('navigation', { name: 'Settings' })).getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['/settings/profile', '/settings/sign-in', '/settings/devices']);
  expect(links[2]).toHaveAttribute('aria-current', 'page');
});

test.each([
  [chrome, 'Chrome', 'Linux', false],
  [phone, 'Safari', 'iPhone', true],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0 Safari/537.36 Edg/141.0', 'Edge', 'Windows', false],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'Firefox', 'Android', true],
  ['curl/8.5.0', null, null, false],
])('%s is known by its names', (agent, browser, system, isPhone) => {
  expect(browserOf(agent)).toEqual({ browser, system, isPhone });
});
