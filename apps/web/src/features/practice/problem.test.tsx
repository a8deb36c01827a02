import { assessmentApi, type AttemptView, type QuizStanding, type SlotView } from '@lyceum/api-client/assessment';
import { act, answers, axe, examples, fails, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor } from '@lyceum/testing';
import { StrictMode, useState } from 'react';

import { Problem } from '.';

const quiz: QuizStanding = {
  id: examples.id(30), title: 'Try it', introduction: '', mode: 'practice', time_limit: null, opens_at: null, closes_at: null,
  attempts_left: null, refusal: null, available_at: null, running: null, latest: null,
};
const slot: SlotView = { slot: '1', checks_used: 0, checks_left: null, settled: false, response: null, item: { type: 'numeric', prompt: '<p>How many?</p>' } };
const attempt: AttemptView = {
  id: examples.id(31), quiz_id: quiz.id, number: 1, mode: 'practice', state: 'in_progress', phase: 'during', clock: 0,
  started_at: '2026-03-01T09:00:00Z', expires_at: null, submitted_at: null, submitted_by: null, total: null,
  sections: [{ title: '', introduction: '', slots: [slot] }],
};
const settled: SlotView = { ...slot, settled: true, response: { value: '3' }, item: { ...slot.item, review: { outcome: 'right' } } };
const over: AttemptView = { ...attempt, state: 'graded', submitted_at: '2026-03-01T09:05:00Z', submitted_by: 'learner', sections: [{ title: '', introduction: '', slots: [settled] }] };
const running: QuizStanding = { ...quiz, refusal: 'in_progress', running: attempt.id, latest: attempt.id };
const done: QuizStanding = { ...quiz, latest: over.id };
const QUIZ = `/api/v1/quizzes/${quiz.id}`;
const START = `${QUIZ}/attempts`;
const ATTEMPT = `/api/v1/attempts/${attempt.id}`;
const NEXT = examples.id(32);

// What has been started, and what the server says of the quiz.
let starts = 0;
let standing = quiz;

beforeEach(() => {
  starts = 0;
  standing = quiz;
  server.use(
    ...signedIn,
    http.get(QUIZ, () => HttpResponse.json(standing)),
    answers('get', ATTEMPT, attempt),
    http.post(START, () => {
      starts += 1;
      standing = running;
      return HttpResponse.json(attempt);
    }),
  );
});

const problem = <Problem quizId={quiz.id} isDone={false} onProgress={() => undefined} />;
const shown = () => screen.findByText('How many?');
// The store tells the page of what it has been told by then.
const frame = () => act(() => new Promise<void>((resolve) => requestAnimationFrame(() => resolve())));

/** A page that can be left and entered again. */
function Visit() {
  const [isHere, setHere] = useState(true);
  return (
    <>
      <button type="button" onClick={() => setHere(!isHere)}>
        {isHere ? 'Leave' : 'Enter'}
      </button>
      {isHere && problem}
    </>
  );
}

test('a question is there to be read at once, and its attempt is started once', async () => {
  const { container } = await render(<StrictMode>{problem}</StrictMode>);
  expect(await shown()).toBeVisible();
  expect(starts).toBe(1);
  expect(await axe(container)).toHaveNoViolations();
});

test('whoever leaves while it is started and comes back starts no second one', async () => {
  let answer: (() => void) | undefined;
  server.use(
    http.post(START, async () => {
      starts += 1;
      await new Promise<void>((resolve) => (answer = resolve));
      standing = running;
      return HttpResponse.json(attempt);
    }),
  );
  const { user } = await render(<Visit />);
  await waitFor(() => expect(starts).toBe(1));
  await user.click(screen.getByRole('button', { name: 'Leave' }));
  await user.click(screen.getByRole('button', { name: 'Enter' }));
  act(() => answer?.());
  expect(await shown()).toBeVisible();
  expect(starts).toBe(1);
});

test('a standing that was asked for before the start was answered starts no second one', async () => {
  // What the server has to say, in the order in which it was asked; the test says when.
  const held: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => held.push(resolve));
  server.use(
    http.get(QUIZ, async () => {
      const said = standing;
      if (starts > 0) await hold();
      return HttpResponse.json(said);
    }),
    http.post(START, async () => {
      starts += 1;
      await hold();
      standing = running;
      return HttpResponse.json(attempt);
    }),
  );
  const { user, store } = await render(<Visit />);
  await waitFor(() => expect(starts).toBe(1));
  await user.click(screen.getByRole('button', { name: 'Leave' }));
  await user.click(screen.getByRole('button', { name: 'Enter' }));
  await waitFor(() => expect(held).toHaveLength(2));
  held[0]?.();
  const knows = assessmentApi.endpoints.getAttempt.select({ attemptId: attempt.id });
  await waitFor(() => expect(knows(store.getState()).data).toEqual(attempt));
  held[1]?.();
  // The standing is asked for again, as the start has changed it, and meanwhile the old one is on the page.
  await waitFor(() => expect(held).toHaveLength(3));
  await frame();
  held[2]?.();
  expect(await shown()).toBeVisible();
  expect(starts).toBe(1);
});

test('an attempt under way is gone on with', async () => {
  standing = running;
  await render(problem);
  expect(await shown()).toBeVisible();
  expect(screen.getByRole('button', { name: 'Check' })).toBeVisible();
  expect(starts).toBe(0);
});

test('the last attempt shows what came out, and another one is started by hand only', async () => {
  standing = done;
  server.use(
    answers('get', ATTEMPT, over),
    http.post(START, () => {
      starts += 1;
      standing = { ...running, running: NEXT, latest: NEXT };
      return HttpResponse.json({ ...attempt, id: NEXT, number: 2 });
    }),
  );
  const { user, container } = await render(problem);
  expect(await screen.findByText('Right')).toBeVisible();
  expect(screen.getByRole('textbox')).toHaveValue('3');
  expect(starts).toBe(0);
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Practise again' }));
  expect(await screen.findByRole('button', { name: 'Check' })).toBeVisible();
  expect(screen.getByRole('textbox')).toHaveValue('');
  expect(starts).toBe(1);
  await user.tab();
  expect(screen.getByRole('textbox')).toHaveFocus();
});

test('another attempt that is refused says so beside the last one', async () => {
  standing = done;
  server.use(answers('get', ATTEMPT, over), refuses('post', START, 503, 'unavailable', { detail: 'Resting.' }));
  const { user } = await render(problem);
  await user.click(await screen.findByRole('button', { name: 'Practise again' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting.');
  expect(screen.getByText('How many?')).toBeVisible();
});

test.each([
  ['limit_reached', null, /You have used all attempts/],
  ['too_soon', '2026-03-02T09:00:00Z', /Wait a while before the next attempt.*2026/],
] as const)('%s shows the last result, and why there is no other', async (refusal, available_at, text) => {
  standing = { ...done, refusal, available_at, attempts_left: 0 };
  server.use(answers('get', ATTEMPT, over));
  await render(problem);
  expect(await screen.findByText('Right')).toBeVisible();
  expect(screen.getByText(text)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Practise again' })).not.toBeInTheDocument();
  expect(starts).toBe(0);
});

test('the check that ends it leads to the next one, as far as there is one', async () => {
  standing = running;
  server.use(
    http.post(`${ATTEMPT}/checks/1`, () => {
      standing = { ...done, refusal: 'limit_reached', attempts_left: 0 };
      return HttpResponse.json(over);
    }),
  );
  const { user } = await render(problem);
  await user.type(await screen.findByRole('textbox'), '3{Enter}');
  expect(await screen.findByText('Right')).toBeVisible();
  expect(await screen.findByText('You have used all attempts.')).toBeVisible();
});

test('what was known of the quiz before starts nothing', async () => {
  standing = { ...quiz, refusal: 'not_open_yet' };
  const { user } = await render(<Visit />);
  expect(await screen.findByText(/not open yet/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Leave' }));
  // Meanwhile it was opened, and done in another tab.
  standing = done;
  server.use(answers('get', ATTEMPT, over));
  await user.click(screen.getByRole('button', { name: 'Enter' }));
  expect(await screen.findByText('Right')).toBeVisible();
  expect(starts).toBe(0);
});

test('what was settled in another tab is shown as it is', async () => {
  standing = running;
  const { user } = await render(problem);
  await user.type(await screen.findByRole('textbox'), '5');
  server.use(refuses('post', `${ATTEMPT}/checks/1`, 409, 'assessment.attempt-closed'), answers('get', ATTEMPT, over));
  await user.keyboard('{Enter}');
  expect(await screen.findByText('Right')).toBeVisible();
  expect(screen.getByRole('textbox')).toHaveValue('3');
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

test('a start that fails can be tried again, and is not by itself when the standing is asked for after it', async () => {
  let answer: (() => void) | undefined;
  server.use(
    http.get(QUIZ, () => (starts === 0 ? undefined : new Promise<undefined>((resolve) => (answer = () => resolve(undefined))))),
    http.post(START, () => void (starts += 1)),
    refuses('post', START, 503, 'unavailable', { title: 'Resting' }),
  );
  const { user, store } = await render(problem);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  await waitFor(() => expect(answer).toBeDefined());
  await frame();
  act(() => answer?.());
  const standingOf = assessmentApi.endpoints.getQuiz.select({ quizId: quiz.id });
  await waitFor(() => expect(standingOf(store.getState()).status).toBe('fulfilled'));
  await frame();
  expect(starts).toBe(1);
  server.use(answers('post', START, attempt));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await shown()).toBeVisible();
});

test('without a network it says so, and starts when there is one', async () => {
  server.use(fails('post', START));
  await render(problem);
  expect(await screen.findByRole('alert')).toHaveTextContent('You are offline');
  server.use(answers('post', START, attempt));
  act(() => void globalThis.dispatchEvent(new Event('online')));
  expect(await shown()).toBeVisible();
});

test('a quiz or an attempt that fails can be tried again', async () => {
  standing = running;
  server.use(refuses('get', QUIZ, 503, 'unavailable', { title: 'Resting' }), refuses('get', ATTEMPT, 503, 'unavailable', { title: 'Asleep' }));
  const { user } = await render(problem);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  server.use(answers('get', QUIZ, running));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.getByRole('alert')).toHaveTextContent('Asleep'));
  server.use(answers('get', ATTEMPT, attempt));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await shown()).toBeVisible();
});

test('a question that its authors have not finished says so', async () => {
  server.use(refuses('post', START, 409, 'assessment.quiz-not-ready'));
  await render(problem);
  expect(await screen.findByText('This question is not ready yet.')).toBeVisible();
});

test.each([
  ['a time limit', { time_limit: 600 }],
  ['an end', { closes_at: '2030-03-01T09:00:00Z' }],
])('with %s the learner decides when to begin', async (_what, more) => {
  standing = { ...quiz, ...more };
  const { user } = await render(problem);
  const begin = await screen.findByRole('button', { name: 'Answer the question' });
  expect(starts).toBe(0);
  await user.click(begin);
  expect(await shown()).toBeVisible();
});

test('a quiz has a page of its own', async () => {
  standing = { ...quiz, mode: 'quiz' };
  await render(problem, { at: '/learn/a/b' });
  expect(await screen.findByRole('link', { name: 'To the quiz' })).toHaveAttribute('href', `/quizzes/${quiz.id}?from=%2Flearn%2Fa%2Fb`);
  expect(starts).toBe(0);
});

test('a quiz that is done says so', async () => {
  standing = { ...done, mode: 'quiz' };
  await render(<Problem quizId={quiz.id} isDone onProgress={() => undefined} />);
  expect(await screen.findByText('Done')).toBeVisible();
});

test('a quiz that does not answer keeps its place', async () => {
  server.use(hangs('get', QUIZ));
  await render(problem);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});
