import type { AttemptView, QuizStanding, SlotView } from '@lyceum/api-client/assessment';
import { answers, axe, examples, fails, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { QuizPage } from '.';

const quiz: QuizStanding = {
  id: examples.id(30), title: 'Waves', introduction: '<p>Ten minutes.</p>', mode: 'quiz', time_limit: 600, opens_at: null, closes_at: null,
  attempts_left: 2, refusal: null, available_at: null, running: null, latest: null,
};
const slot = (number: number, more: Partial<SlotView> = {}): SlotView => ({
  slot: String(number), checks_used: 0, checks_left: null, settled: false, response: null,
  item: { type: 'short_text', prompt: `<p>Prompt ${number}</p>` }, ...more,
});
const attempt: AttemptView = {
  id: examples.id(31), quiz_id: quiz.id, number: 1, mode: 'quiz', state: 'in_progress', phase: 'during', clock: 4,
  started_at: '2026-03-01T09:00:00Z', expires_at: new Date(Date.now() + 600_000).toISOString(), submitted_at: null, submitted_by: null, total: null,
  sections: [{ title: '', introduction: '', slots: [slot(1), slot(2)] }],
};
const QUIZ = `/api/v1/quizzes/${quiz.id}`;
const ATTEMPT = `/api/v1/attempts/${attempt.id}`;
const options = { at: `/quizzes/${quiz.id}`, path: '/quizzes/:quizId' };
const graded: AttemptView = { ...attempt, state: 'graded', phase: 'immediately_after', submitted_by: 'learner', total: { score: '1', max_score: '2', passed: false } };

beforeEach(() => {
  sessionStorage.clear();
  server.use(...signedIn, answers('get', QUIZ, quiz), answers('get', ATTEMPT, attempt));
});

test('what to expect is said before the clock starts', async () => {
  server.use(answers('post', `${QUIZ}/attempts`, attempt));
  const { user, container } = await render(<QuizPage />, options);
  expect(await screen.findByText('You have 10 min once you start.')).toBeVisible();
  expect(screen.getByText('2 attempts left')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Start' }));
  expect(await screen.findByText('Prompt 1')).toBeVisible();
});

test('each answer is saved with a number above all before, and again after it got lost', async () => {
  const sent: { seq: number; response: unknown }[] = [];
  server.use(answers('get', QUIZ, { ...quiz, running: attempt.id }), fails('put', `${ATTEMPT}/answers/1`));
  const { user, container } = await render(<QuizPage />, options);
  await user.type(await screen.findByRole('textbox', { name: 'Your answer' }), 'red');
  expect(await screen.findByText('Not saved')).toBeVisible();
  server.use(
    http.put(`${ATTEMPT}/answers/1`, async ({ request }) => {
      sent.push((await request.json()) as (typeof sent)[number]);
      return HttpResponse.json({ ...attempt, clock: 9 });
    }),
  );
  await user.click(screen.getByRole('button', { name: 'Save now' }));
  expect(await screen.findByText('All answers are saved')).toBeVisible();
  expect(sent.at(-1)?.response).toEqual({ text: 'red' });
  expect(sent.at(-1)?.seq).toBeGreaterThan(4);
  expect(await axe(container)).toHaveNoViolations();
});

test('the palette shows what is answered and marked, and leads there', async () => {
  server.use(answers('get', QUIZ, { ...quiz, running: attempt.id }), answers('get', ATTEMPT, { ...attempt, sections: [{ title: '', introduction: '', slots: [slot(1, { response: { text: 'red' } }), slot(2)] }] }));
  const { user } = await render(<QuizPage />, options);
  const palette = await screen.findByRole('navigation', { name: 'Questions' });
  await user.click(screen.getByRole('button', { name: 'Mark for later' }));
  expect(within(palette).getByRole('button', { name: 'Question 1 of 2, answered, Marked' })).toHaveAttribute('aria-current', 'step');
  await user.click(within(palette).getByRole('button', { name: 'Question 2 of 2, open' }));
  expect(screen.getByText('Prompt 2')).toBeVisible();
});

test('handing in asks first, and then shows the result', async () => {
  server.use(answers('get', QUIZ, { ...quiz, running: attempt.id }));
  const { user } = await render(<QuizPage />, options);
  await user.click(await screen.findByRole('button', { name: 'Next' }));
  await user.click(screen.getByRole('button', { name: 'Hand in' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(dialog).toHaveTextContent('2 questions are not answered');
  server.use(answers('post', `${ATTEMPT}/submission`, graded), answers('get', ATTEMPT, graded));
  await user.click(within(dialog).getByRole('button', { name: 'Hand in' }));
  expect(await screen.findByText('1 of 2 points')).toBeVisible();
  expect(screen.getByText('Not passed')).toBeVisible();
});

test('who came from a lesson finds the way back, and another attempt', async () => {
  server.use(answers('get', ATTEMPT, graded), answers('post', `${QUIZ}/attempts`, { ...attempt, id: examples.id(32) }), answers('get', `/api/v1/attempts/${examples.id(32)}`, { ...attempt, id: examples.id(32) }));
  const { user, address, container } = await render(<QuizPage />, { ...options, at: `${options.at}?from=/learn/a/b&attempt=${attempt.id}` });
  expect(await screen.findByRole('link', { name: 'Back to the lesson' })).toHaveAttribute('href', '/learn/a/b');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Take it again' }));
  expect(await screen.findByText('Prompt 1')).toBeVisible();
  expect(address()).toBe(`${options.at}?from=%2Flearn%2Fa%2Fb&attempt=${examples.id(32)}`);
});

test('the last result is found again', async () => {
  server.use(answers('get', QUIZ, { ...quiz, latest: attempt.id, refusal: 'limit_reached', attempts_left: 0 }), answers('get', ATTEMPT, graded));
  const { user } = await render(<QuizPage />, options);
  expect(await screen.findByText('You have used all attempts.')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'See your last result' }));
  expect(await screen.findByText('1 of 2 points')).toBeVisible();
});

test('nobody else says where back is', async () => {
  await render(<QuizPage />, { ...options, at: `${options.at}?from=//evil.example/learn/a` });
  expect(await screen.findByRole('button', { name: 'Start' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Back to the lesson' })).not.toBeInTheDocument();
});

test('when the time is up, what the server closed is shown', async () => {
  let isOver = false;
  server.use(
    answers('get', QUIZ, { ...quiz, running: attempt.id }),
    http.get(ATTEMPT, () => HttpResponse.json(isOver ? { ...graded, submitted_by: 'clock', total: null } : { ...attempt, expires_at: new Date(Date.now() + 1500).toISOString() })),
  );
  await render(<QuizPage />, options);
  expect(await screen.findByText('Prompt 1')).toBeVisible();
  isOver = true;
  expect(await screen.findByText(/The time was up/)).toBeVisible();
  expect(screen.getByText('The result is shown later.')).toBeVisible();
});

test('a quiz that takes no attempts says why', async () => {
  server.use(answers('get', QUIZ, { ...quiz, refusal: 'limit_reached', attempts_left: 0 }));
  await render(<QuizPage />, options);
  expect(await screen.findByText('You have used all attempts.')).toBeVisible();
});

test('a quiz on its way keeps its place, and one that fails can be tried again', async () => {
  server.use(hangs('get', QUIZ));
  const { unmount } = await render(<QuizPage />, options);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  unmount();
  server.use(refuses('get', QUIZ, 503, 'unavailable', { title: 'Resting' }));
  const { user } = await render(<QuizPage />, options);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  server.use(answers('get', QUIZ, quiz));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('heading', { level: 1, name: 'Waves' })).toBeVisible());
});

test('answers that an earlier visit could not send go out with their own number', async () => {
  const stamp = { client_id: 'an-earlier-visit', seq: 7 };
  localStorage.setItem(`lyceum.kept.attempt.${attempt.id}`, JSON.stringify([['1', { value: 'red', response: { text: 'red' }, stamp }]]));
  const sent: unknown[] = [];
  server.use(
    answers('get', QUIZ, { ...quiz, running: attempt.id }),
    http.put(`${ATTEMPT}/answers/1`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ ...attempt, clock: 9 });
    }),
  );
  await render(<QuizPage />, options);
  expect(await screen.findByRole('textbox', { name: 'Your answer' })).toHaveValue('red');
  expect(await screen.findByText('All answers are saved')).toBeVisible();
  expect(sent).toEqual([{ ...stamp, response: { text: 'red' } }]);
  expect(localStorage.getItem(`lyceum.kept.attempt.${attempt.id}`)).toBeNull();
});

test('what was given stays on this device until it is saved', async () => {
  server.use(answers('get', QUIZ, { ...quiz, running: attempt.id }), fails('put', `${ATTEMPT}/answers/1`));
  const { user } = await render(<QuizPage />, options);
  await user.type(await screen.findByRole('textbox', { name: 'Your answer' }), 'red');
  expect(await screen.findByText('Not saved')).toBeVisible();
  expect(localStorage.getItem(`lyceum.kept.attempt.${attempt.id}`)).toContain('red');
});
