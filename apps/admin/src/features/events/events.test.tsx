import type { DeadLetter, DeadLetterDetail, EventsOverview, OutboxEvent, ReplayReport, ReplayRequest } from '@lyceum/api-client/platform';
import { allowed, answers, axe, examples, hangs, http, HttpResponse, page, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { DeadLetterPage, EventsPage, OutboxPage } from '.';

const API = '/api/v1/events';
const overview: EventsOverview = {
  modules: [
    { module: 'auth', here: true, waiting: 0, oldest_seconds: null, dead: 2 },
    { module: 'course', here: true, waiting: 3, oldest_seconds: 90, dead: 0 },
    { module: 'identity', here: true, waiting: 0, oldest_seconds: null, dead: 0 },
    { module: 'progress', here: false, waiting: null, oldest_seconds: null, dead: null },
  ],
};
const letter: DeadLetter = {
  module: 'auth', event_id: examples.id(7), producer: 'lyceum.identity', type: 'lyceum.identity.user.deactivated.v1', subject: examples.id(2),
  cause: 'RuntimeError: no', attempts: 5, position: 'lyceum.identity.events/0/17', died_at: '2026-03-01T09:00:00Z',
};
const detail: DeadLetterDetail = {
  ...letter, resolved_at: null, envelope: { id: letter.event_id, type: letter.type, time: '2026-03-01T08:00:00Z', data: { user_id: examples.id(2) } },
};
const outboxEvent: OutboxEvent = {
  module: 'course', position: 12, id: examples.id(8), type: 'lyceum.course.course.published.v1', subject: examples.id(3), time: '2026-03-01T09:00:00Z', published_at: null,
};
const report = (changes: Partial<ReplayReport>): ReplayReport => ({
  dry_run: true, matched: 2, modules: [{ module: 'auth', matched: 2, handled: 0, dead: 0, left: 2, stopped: null }], elsewhere: [], ...changes,
});

beforeEach(() =>
  server.use(
    allowed('platform.events.read', 'platform.events.replay'),
    ...signedIn,
    answers('get', `${API}/modules`, overview),
    answers('get', `${API}/dead-letters`, { ...page([letter]), elsewhere: [] }),
    answers('get', `${API}/dead-letters/auth/${letter.event_id}`, detail),
  ));

describe('the events', () => {
  test('show each module, and what could not be handled', async () => {
    const { container } = await render(<EventsPage />);
    expect(await screen.findByRole('heading', { name: 'course' })).toBeVisible();
    expect(screen.getByText('Behind')).toBeVisible();
    expect(screen.getByText('Runs elsewhere')).toBeVisible();
    expect(screen.getByRole('link', { name: '3 · Outbox of course' })).toHaveTextContent('3');
    expect(await screen.findByRole('link', { name: letter.type })).toHaveAttribute('href', `/events/dead-letters/auth/${letter.event_id}`);
    expect(await axe(container)).toHaveNoViolations();
  });

  test('the filters stand in the address, and the API gets them', async () => {
    const asked: string[] = [];
    server.use(http.get(`${API}/dead-letters`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ ...page([]), elsewhere: ['progress'] });
    }));
    const { user, address } = await render(<EventsPage />, { at: '/events?module=auth' });
    expect(await screen.findByText('None that match')).toBeVisible();
    expect(screen.getByText('Not looked into: progress')).toBeVisible();
    await user.type(screen.getByLabelText('Type of event'), 'lyceum.identity.user.deactivated.v1{Enter}');
    await waitFor(() => expect(address()).toBe('/events?module=auth&type=lyceum.identity.user.deactivated.v1'));
    await waitFor(() => expect(asked.at(-1)).toMatch(/module=auth.*type=lyceum\.identity\.user\.deactivated\.v1/));
    await user.click(within(screen.getByRole('search')).getByRole('button', { name: 'Clear the filters' }));
    await waitFor(() => expect(address()).toBe('/events'));
    expect(await screen.findByText('No dead letters')).toBeVisible();
  });

  test('keep their place while they come', async () => {
    server.use(hangs('get', `${API}/modules`), hangs('get', `${API}/dead-letters`));
    await render(<EventsPage />);
    expect(screen.getAllByRole('status')).toHaveLength(2);
  });

  test('say why they were refused', async () => {
    server.use(refuses('get', `${API}/modules`, 403, 'permission-denied', { title: 'You may not do this' }));
    await render(<EventsPage />);
    expect(await screen.findByText('You may not do this')).toBeVisible();
  });

  test('are not replayed by those who may only look', async () => {
    server.use(allowed('platform.events.read'));
    await render(<EventsPage />);
    expect(await screen.findByRole('link', { name: letter.type })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Replay these' })).not.toBeInTheDocument();
  });
});

describe('a replay', () => {
  const replays = (outcome: ReplayReport) => {
    const sent: ReplayRequest[] = [];
    server.use(http.post(`${API}/replays`, async ({ request }) => {
      const body = (await request.json()) as ReplayRequest;
      sent.push(body);
      return HttpResponse.json(body.dry_run === true ? report({}) : outcome);
    }));
    return sent;
  };

  test('is counted first, confirmed, and says what it did', async () => {
    const sent = replays(report({ dry_run: false, modules: [{ module: 'auth', matched: 2, handled: 2, dead: 0, left: 0, stopped: null }] }));
    const { user, baseElement } = await render(<EventsPage />, { at: '/events?module=auth' });
    await user.click(await screen.findByRole('button', { name: 'Replay these' }));
    const dialog = await screen.findByRole('dialog', { name: 'Replay dead letters' });
    expect(await within(dialog).findByText('2 events would be handled again:')).toBeVisible();
    expect(await axe(baseElement)).toHaveNoViolations();
    await user.click(within(dialog).getByRole('button', { name: 'Replay 2 events' }));
    expect(await within(dialog).findByText('Everything was handled')).toBeVisible();
    expect(within(dialog).getByText('2 handled')).toBeVisible();
    expect(sent).toEqual([{ module: 'auth', dry_run: true }, { module: 'auth', dry_run: false }]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  test('says what died again, what is left, and why it stopped', async () => {
    replays(report({ dry_run: false, modules: [{ module: 'auth', matched: 2, handled: 0, dead: 1, left: 1, stopped: 'LineStopped: too many' }] }));
    const { user } = await render(<EventsPage />);
    await user.click(await screen.findByRole('button', { name: 'Replay these' }));
    await user.click(await screen.findByRole('button', { name: 'Replay 2 events' }));
    expect(await screen.findByText('Not everything was handled')).toBeVisible();
    expect(screen.getByText('1 died again')).toBeVisible();
    expect(screen.getByText('1 left')).toBeVisible();
    expect(screen.getByText('LineStopped: too many')).toBeVisible();
  });

  test('of nothing has nothing to confirm', async () => {
    server.use(answers('post', `${API}/replays`, report({ matched: 0, modules: [{ module: 'auth', matched: 0, handled: 0, dead: 0, left: 0, stopped: null }] })));
    const { user } = await render(<EventsPage />);
    await user.click(await screen.findByRole('button', { name: 'Replay these' }));
    expect(await screen.findByText('Nothing to replay: no dead letter fits.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /^Replay \d/ })).not.toBeInTheDocument();
  });

  test('that is refused says why, and can be tried again', async () => {
    server.use(refuses('post', `${API}/replays`, 503, 'unavailable', { title: 'Not available right now' }));
    const { user } = await render(<EventsPage />);
    await user.click(await screen.findByRole('button', { name: 'Replay these' }));
    expect(await screen.findByText('Not available right now')).toBeVisible();
    replays(report({ dry_run: false }));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('2 events would be handled again:')).toBeVisible();
  });
});

describe('a dead letter', () => {
  const open = () => render(<DeadLetterPage />, { path: '/events/dead-letters/:module/:eventId', at: `/events/dead-letters/auth/${letter.event_id}` });

  test('shows the cause and what was in the event, and is replayed alone', async () => {
    const sent: unknown[] = [];
    server.use(http.post(`${API}/replays`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(report({ matched: 1 }));
    }));
    const { user, container } = await open();
    expect(await screen.findByText('RuntimeError: no')).toBeVisible();
    expect(screen.getByText(/"user_id"/)).toBeVisible();
    expect(screen.getByText('lyceum.identity.events/0/17')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(await screen.findByRole('button', { name: 'Replay it' }));
    expect(await screen.findByRole('button', { name: 'Replay 1 event' })).toBeVisible();
    expect(sent).toEqual([{ module: 'auth', ids: [letter.event_id], dry_run: true }]);
  });

  test('leaves what came of its replay to be read, though there is nothing to replay any more', async () => {
    server.use(http.post(`${API}/replays`, async ({ request }) => {
      const { dry_run } = (await request.json()) as ReplayRequest;
      if (dry_run === true) return HttpResponse.json(report({ matched: 1 }));
      server.use(answers('get', `${API}/dead-letters/auth/${letter.event_id}`, { ...detail, resolved_at: '2026-03-02T09:00:00Z' }));
      return HttpResponse.json(report({ dry_run: false, matched: 1 }));
    }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Replay it' }));
    await user.click(await screen.findByRole('button', { name: 'Replay 1 event' }));
    expect(await screen.findByText('Handled since')).toBeInTheDocument();
    expect(screen.getByRole('dialog', { name: 'Replay dead letters' })).toBeVisible();
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.queryByRole('button', { name: 'Replay it' })).not.toBeInTheDocument();
  });

  test('that was handled since says so', async () => {
    server.use(answers('get', `${API}/dead-letters/auth/${letter.event_id}`, { ...detail, resolved_at: '2026-03-02T09:00:00Z' }));
    await open();
    expect(await screen.findByText('Handled since')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Replay it' })).not.toBeInTheDocument();
  });

  test('that is not there is told', async () => {
    server.use(refuses('get', `${API}/dead-letters/auth/${letter.event_id}`, 404, 'platform.dead-letter-not-found', { title: 'There is no such dead letter here' }));
    await open();
    expect(await screen.findByText('There is no such dead letter here')).toBeVisible();
  });
});

describe('the outbox', () => {
  test('asks for a module, and shows its events', async () => {
    server.use(answers('get', `${API}/outbox`, { ...page([outboxEvent]), elsewhere: [] }));
    const { user, address, container } = await render(<OutboxPage />, { at: '/events/outbox' });
    expect(screen.getByText('Choose a module')).toBeVisible();
    await user.click(await screen.findByRole('button', { name: /Module/ }));
    await user.click(await screen.findByRole('option', { name: 'course' }));
    await waitFor(() => expect(address()).toBe('/events/outbox?module=course'));
    expect(await screen.findByText('lyceum.course.course.published.v1')).toBeVisible();
    expect(screen.getByText('Waits')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('can be narrowed to what waits', async () => {
    const asked: string[] = [];
    server.use(http.get(`${API}/outbox`, ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json({ ...page([]), elsewhere: [] });
    }));
    const { user, address } = await render(<OutboxPage />, { at: '/events/outbox?module=course' });
    expect(await screen.findByText('No events')).toBeVisible();
    await user.click(screen.getByRole('switch', { name: 'Only what waits' }));
    await waitFor(() => expect(address()).toBe('/events/outbox?module=course&waiting=true'));
    await waitFor(() => expect(asked.at(-1)).toContain('waiting=true'));
  });

  test('of a module in another process says so', async () => {
    server.use(answers('get', `${API}/outbox`, { ...page([]), elsewhere: ['progress'] }));
    await render(<OutboxPage />, { at: '/events/outbox?module=progress' });
    expect(await screen.findByText('Runs elsewhere')).toBeVisible();
  });

  test('keeps its place while it comes, and says why it was refused', async () => {
    server.use(hangs('get', `${API}/outbox`));
    const first = await render(<OutboxPage />, { at: '/events/outbox?module=course' });
    expect(screen.getByRole('status')).toHaveTextContent('Loading…');
    first.unmount();
    server.use(refuses('get', `${API}/outbox`, 403, 'permission-denied', { title: 'You may not do this' }));
    await render(<OutboxPage />, { at: '/events/outbox?module=course' });
    expect(await screen.findByText('You may not do this')).toBeVisible();
  });
});
