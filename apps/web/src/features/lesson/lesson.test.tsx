import type { AttemptView, QuizStanding } from '@lyceum/api-client/assessment';
import type { BlockView, PageView } from '@lyceum/api-client/course';
import type { OutlineNode, ProgressOutline } from '@lyceum/api-client/progress';
import { act, answers, axe, examples, fails, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, sockets, waitFor, within } from '@lyceum/testing';

import { LessonPage, ResumePage } from '.';
import { cuesOf } from './video/cues';

const course = examples.id(3);
const at = `/learn/${course}/${examples.id(12)}`;
const options = { at, path: '/learn/:courseId/:pageId' };
const text: BlockView = { id: examples.id(20), kind: 'rich_text', title: 'A string', optional: false, content: { html: '<p>Pluck it.</p>' } };
const problem: BlockView = { id: examples.id(21), kind: 'problem', title: 'Try it', optional: false, content: { quiz_id: examples.id(30) } };
const page: PageView = {
  id: examples.id(12), course_id: course, number: 1, title: 'A string', path: ['Waves', 'Strings', 'A string'],
  graded: false, due_at: null, previous_page_id: null, next_page_id: examples.id(13), blocks: [text],
};
const outline: ProgressOutline = { course_id: course, number: 1, title: 'Modern physics', percentage: 50, required: 2, remaining: 1, completed_at: null, sections: [] };
const quiz: QuizStanding = {
  id: examples.id(30), title: 'Try it', introduction: '', mode: 'practice', time_limit: null, opens_at: null, closes_at: null,
  attempts_left: null, refusal: null, available_at: null, running: examples.id(31), latest: examples.id(31),
};
const slot = {
  slot: '1', checks_used: 0, checks_left: 2, settled: false, response: null,
  item: { type: 'numeric', prompt: '<p>How many?</p>', options: [], hint_count: 1, hints: [] },
};
const attempt: AttemptView = {
  id: examples.id(31), quiz_id: quiz.id, number: 1, mode: 'practice', state: 'in_progress', phase: 'during', clock: 7,
  started_at: '2026-03-01T09:00:00Z', expires_at: null, submitted_at: null, submitted_by: null, total: null,
  sections: [{ title: '', introduction: '', slots: [slot] }],
};
const PAGE = `/api/v1/courses/${course}/pages/${page.id}`;

// jsdom lays nothing out: here everything is on the screen at once.
class AllSeen {
  private readonly tell: IntersectionObserverCallback;
  constructor(tell: IntersectionObserverCallback) {
    this.tell = tell;
  }
  observe(target: Element): void {
    this.tell([{ isIntersecting: true, target } as IntersectionObserverEntry], this as unknown as IntersectionObserver);
  }
  disconnect(): void {
    // Nothing is kept.
  }
}

beforeEach(() => {
  Object.defineProperty(globalThis, 'IntersectionObserver', { writable: true, value: AllSeen });
  server.use(
    ...signedIn,
    answers('get', PAGE, page),
    answers('get', `/api/v1/progress/courses/${course}/outline`, outline),
    answers('get', `/api/v1/progress/courses/${course}`, { ...examples.progress, number: 1, required: 2, remaining: 1, resume: null, sections: [] }),
    http.put(`/api/v1/progress/courses/${course}/position`, () => new HttpResponse(null, { status: 204 })),
    answers('post', '/api/v1/progress/heartbeats', { results: [{ result: 'accepted' }] }),
  );
});

test('a page is read, and leads to the next', async () => {
  const { container } = await render(<LessonPage />, options);
  expect(await screen.findByRole('heading', { level: 1, name: 'A string' })).toBeVisible();
  expect(screen.getByText('Pluck it.')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Next' })).toHaveAttribute('href', `/learn/${course}/${examples.id(13)}`);
  expect(await axe(container)).toHaveNoViolations();
});

test('a page says when it is due, and the contents of what is left', async () => {
  const due_at = '2020-03-01T09:00:00Z';
  const node = (kind: OutlineNode['kind'], id: number, more: Partial<OutlineNode>): OutlineNode => ({
    id: examples.id(id), kind, title: `${kind} ${id}`, optional: false, rule: 'all', required: 1, remaining: 1, done: false, locked: false, ...more,
  });
  const lesson = node('lesson', 11, { due_at, graded: true, children: [node('page', 12, {}), node('page', 13, { done: true })] });
  server.use(
    answers('get', PAGE, { ...page, due_at, graded: true }),
    answers('get', `/api/v1/progress/courses/${course}/outline`, { ...outline, sections: [node('section', 10, { due_at: '2999-05-01T09:00:00Z', children: [lesson] })] }),
  );
  const { container } = await render(<LessonPage />, options);
  const contents = within(await screen.findByRole('complementary', { name: 'Pages of the course' }));
  expect(await contents.findByRole('link', { name: /^page 12.*Overdue since Mar 1, 2020.*Graded/ })).toBeVisible();
  expect(contents.getByRole('link', { name: /^page 13.*Due Mar 1, 2020/ })).toBeVisible();
  expect(contents.getByText(/^Due May 1, 2999/)).toBeVisible();
  expect(within(screen.getByRole('banner')).getByText(/^Overdue since Mar 1, 2020/)).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('a block that was looked at is told to the server', async () => {
  const beats: unknown[] = [];
  server.use(
    http.post('/api/v1/progress/heartbeats', async ({ request }) => {
      beats.push(await request.json());
      return HttpResponse.json({ results: [{ result: 'accepted' }] });
    }),
  );
  await render(<LessonPage />, options);
  await screen.findByText('Pluck it.');
  await waitFor(() => expect(beats).toHaveLength(1));
  expect(beats[0]).toMatchObject({ heartbeats: [{ kind: 'viewed', course_id: course, block_id: text.id }] });
});

test('what stands before a question is there at once, the rest when the question is; what is hidden has not been seen', async () => {
  const beats: { block_id: string }[] = [];
  let answer: (() => void) | undefined;
  const below: BlockView = { ...text, id: examples.id(22), title: 'Below', content: { html: '<p>So it swings.</p>' } };
  server.use(
    answers('get', PAGE, { ...page, blocks: [text, problem, below] }),
    answers('get', `/api/v1/quizzes/${quiz.id}`, quiz),
    http.get(`/api/v1/attempts/${attempt.id}`, async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return HttpResponse.json(attempt);
    }),
    http.post('/api/v1/progress/heartbeats', async ({ request }) => {
      const { heartbeats } = (await request.json()) as { heartbeats: typeof beats };
      beats.push(...heartbeats);
      return HttpResponse.json({ results: heartbeats.map(() => ({ result: 'accepted' })) });
    }),
  );
  await render(<LessonPage />, options);
  expect(await screen.findByText('Pluck it.')).toBeVisible();
  const hidden = screen.getByText('So it swings.').closest('.invisible');
  expect(hidden).toContainElement(screen.getByRole('link', { name: 'Next' }));
  await waitFor(() => expect(beats).toHaveLength(1), { timeout: 4000 });
  expect(beats[0]?.block_id).toBe(text.id);
  act(() => answer?.());
  expect(await screen.findByText('How many?')).toBeVisible();
  expect(hidden).not.toHaveClass('invisible');
  await waitFor(() => expect(beats.map(({ block_id }) => block_id)).toContain(below.id), { timeout: 4000 });
});

test('what was seen just before leaving goes with a request that outlives the page', async () => {
  const { unmount } = await render(<LessonPage />, options);
  await screen.findByText('Pluck it.');
  const sent = jest.spyOn(globalThis, 'fetch');
  await waitFor(() => {
    globalThis.dispatchEvent(new Event('pagehide'));
    expect(sent).toHaveBeenCalledWith('/api/v1/progress/heartbeats', expect.objectContaining({ keepalive: true }));
  });
  unmount();
  sent.mockRestore();
});

test('a problem is answered in the text, with hints and what was wrong', async () => {
  const sent: unknown[] = [];
  server.use(
    answers('get', PAGE, { ...page, blocks: [problem] }),
    answers('get', `/api/v1/quizzes/${quiz.id}`, quiz),
    answers('get', `/api/v1/attempts/${attempt.id}`, attempt),
    answers('post', `/api/v1/attempts/${attempt.id}/hints/1`, { hints: ['<p>More than one.</p>'] }),
    http.post(`/api/v1/attempts/${attempt.id}/checks/1`, async ({ request }) => {
      sent.push(await request.json());
      const checked = { ...slot, response: { value: '3' }, checks_used: 1, checks_left: 1, item: { ...slot.item, review: { outcome: 'wrong', feedback: ['<p>Count again.</p>'] } } };
      return HttpResponse.json({ ...attempt, clock: 8, sections: [{ title: '', introduction: '', slots: [checked] }] });
    }),
  );
  const { user, container } = await render(<LessonPage />, options);
  await user.click(await screen.findByRole('button', { name: 'Hint 1 of 1' }));
  expect(await screen.findByText('More than one.')).toBeVisible();
  await user.type(screen.getByRole('textbox', { name: 'Your number' }), '3{Enter}');
  expect(await screen.findByText('Not right yet')).toBeVisible();
  expect(screen.getByText('Count again.')).toBeVisible();
  expect(screen.getByText('1 check left')).toBeVisible();
  expect(sent[0]).toMatchObject({ seq: 8, response: { value: '3' } });
  expect(await axe(container)).toHaveNoViolations();
});

test('an answer that found no network is kept, and goes out when there is one', async () => {
  const check = `/api/v1/attempts/${attempt.id}/checks/1`;
  server.use(answers('get', PAGE, { ...page, blocks: [problem] }), answers('get', `/api/v1/quizzes/${quiz.id}`, quiz), answers('get', `/api/v1/attempts/${attempt.id}`, attempt), fails('post', check));
  const { user, unmount } = await render(<LessonPage />, options);
  await user.type(await screen.findByRole('textbox', { name: 'Your number' }), '3{Enter}');
  expect(await screen.findByText(/Your answer is kept here/)).toBeVisible();
  const checked = { ...slot, settled: true, response: { value: '3' }, item: { ...slot.item, review: { outcome: 'right' } } };
  server.use(answers('post', check, { ...attempt, clock: 8, sections: [{ title: '', introduction: '', slots: [checked] }] }));
  act(() => void globalThis.dispatchEvent(new Event('online')));
  expect(await screen.findByText('Right')).toBeVisible();
  unmount();
});

test('what was written and not checked is there after a reload', async () => {
  server.use(answers('get', PAGE, { ...page, blocks: [problem] }), answers('get', `/api/v1/quizzes/${quiz.id}`, quiz), answers('get', `/api/v1/attempts/${attempt.id}`, attempt));
  const { user, unmount } = await render(<LessonPage />, options);
  await user.type(await screen.findByRole('textbox', { name: 'Your number' }), '0.25');
  unmount();
  await render(<LessonPage />, options);
  expect(await screen.findByRole('textbox', { name: 'Your number' })).toHaveValue('0.25');
});

test('an empty answer is not sent', async () => {
  server.use(answers('get', PAGE, { ...page, blocks: [problem] }), answers('get', `/api/v1/quizzes/${quiz.id}`, quiz), answers('get', `/api/v1/attempts/${attempt.id}`, attempt));
  const { user } = await render(<LessonPage />, options);
  await user.click(await screen.findByRole('button', { name: 'Check' }));
  expect(await screen.findByText('Answer first, then check.')).toBeVisible();
});

test.each([
  ['course.not-enrolled', 'You are not enrolled in this course'],
  ['course.not-open-yet', 'Not open yet'],
])('%s shows what to do instead', async (code, title) => {
  server.use(refuses('get', PAGE, 403, code));
  await render(<LessonPage />, options);
  expect(await screen.findByRole('heading', { level: 1, name: title })).toBeVisible();
});

test('a page that fails can be tried again', async () => {
  server.use(refuses('get', PAGE, 503, 'unavailable', { title: 'Resting' }));
  const { user } = await render(<LessonPage />, options);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  server.use(answers('get', PAGE, page));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Pluck it.')).toBeVisible();
});

test('a page on its way keeps its place, and an empty one says so', async () => {
  server.use(hangs('get', PAGE));
  const { unmount } = await render(<LessonPage />, options);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(answers('get', PAGE, { ...page, blocks: [] }));
  await render(<LessonPage />, options);
  expect(await screen.findByText('Nothing is on this page yet')).toBeVisible();
});

test('a course without a page goes on where the learner was', async () => {
  const part = (kind: 'section' | 'lesson' | 'page', id: number, parts: object[] = []) => ({ kind, id: examples.id(id), title: 'x', parts, done: false, locked: false, optional: false, percentage: 0, required: 1, remaining: 1 });
  server.use(
    answers('get', `/api/v1/progress/courses/${course}`, {
      ...examples.progress, number: 1, required: 1, remaining: 1, resume: { kind: 'block', node_id: examples.id(23), page_id: examples.id(13), title: 'x', seconds: 95 },
      sections: [part('section', 10, [part('lesson', 11, [part('page', 12), part('page', 13)])])],
    }),
  );
  const { address } = await render(<ResumePage />, { at: `/learn/${course}`, path: '/learn/:courseId/*' });
  await waitFor(() => expect(address()).toBe(`/learn/${course}/${examples.id(13)}`));
});

test('captions are read from WebVTT and SRT', () => {
  expect(cuesOf('WEBVTT\n\n00:01.500 --> 00:02.000\n<b>Hello</b>\nthere &amp; here\n\nNOTE nothing')).toEqual([{ from: 1.5, to: 2, text: 'Hello there & here' }]);
  expect(cuesOf('1\r\n01:00:00,250 --> 01:00:02,000\r\nOne hour in\r\n')).toEqual([{ from: 3600.25, to: 3602, text: 'One hour in' }]);
});

const node = (kind: OutlineNode['kind'], id: number, title: string, children: OutlineNode[] = [], done = false): OutlineNode => ({
  id: examples.id(id), kind, title, children, done, locked: false, optional: false, required: 1, remaining: done ? 0 : 1, rule: 'all',
});
const whole: ProgressOutline = {
  ...outline,
  sections: [node('section', 10, 'Waves', [node('lesson', 11, 'Strings', [node('page', 12, 'A string', [], true), node('page', 13, 'Two strings', [node('block', 24, 'Étude')])])])],
};

test('on a phone the pages of the course open over the page, and go when one was chosen', async () => {
  server.use(answers('get', `/api/v1/progress/courses/${course}/outline`, whole));
  const { user } = await render(<LessonPage />, options);
  await user.click(await screen.findByRole('button', { name: 'Pages of the course' }));
  const drawer = await screen.findByRole('dialog', { name: 'Pages of the course' });
  expect(await axe(drawer)).toHaveNoViolations();
  server.use(answers('get', `/api/v1/courses/${course}/pages/${examples.id(13)}`, { ...page, id: examples.id(13), title: 'Two strings' }));
  await user.click(within(drawer).getByRole('link', { name: /Two strings/ }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Two strings' })).toBeVisible();
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
});

test('a search in the course finds pages by their parts, without case and accents', async () => {
  server.use(answers('get', `/api/v1/progress/courses/${course}/outline`, whole));
  const { user } = await render(<LessonPage />, options);
  const aside = await screen.findByRole('complementary', { name: 'Pages of the course' });
  await user.type(await within(aside).findByRole('searchbox', { name: 'Search this course' }), 'etude waves');
  expect(await within(aside).findByText('1 page has it')).toBeVisible();
  expect(within(aside).getByRole('link', { name: /Étude/ })).toHaveAttribute('href', `/learn/${course}/${examples.id(13)}#${examples.id(24)}`);
  await user.type(within(aside).getByRole('searchbox'), ' xyz');
  expect(await within(aside).findByText(/No page has these words/)).toBeVisible();
});

test('what is done elsewhere shows at once', async () => {
  let now = whole;
  server.use(http.get(`/api/v1/progress/courses/${course}/outline`, () => HttpResponse.json(now)));
  await render(<LessonPage />, options);
  const aside = await screen.findByRole('complementary', { name: 'Pages of the course' });
  await within(aside).findByRole('progressbar');
  const topic = `progress/${course}`;
  act(() => sockets.last.accept());
  act(() => sockets.last.say({ op: 'subscribed', topic, cursor: '1-1' }));
  now = { ...whole, percentage: 100 };
  act(() => sockets.last.say({ op: 'event', topic, cursor: '1-2', type: 'progress.changed', data: { course_id: course, percentage: 100, completed_at: '2026-03-01T09:00:00Z', at: '2026-03-01T09:00:00Z' } }));
  await waitFor(() => expect(within(aside).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100'));
});
