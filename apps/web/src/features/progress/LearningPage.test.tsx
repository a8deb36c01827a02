import type { Explanation } from '@lyceum/api-client/progress';
import { answers, axe, examples, hangs, page, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { LearningPage } from '.';

const MINE = '/api/v1/progress';
const EXPLAIN = `/api/v1/progress/courses/${examples.progress.course_id}/explain`;
const explanation: Explanation = {
  course_id: examples.progress.course_id,
  percentage: 64,
  completed_at: null,
  locked: [],
  unmet: [{ node_id: examples.id(20), page_id: examples.id(12), kind: 'block', path: ['Waves', 'Strings', 'Try it'], rule: 'score', missing: '', reached: '0.4', needed: '0.8' }],
};

test('what is left is shown when it is opened', async () => {
  server.use(answers('get', MINE, page([examples.progress])), answers('get', EXPLAIN, explanation));
  const { user, container } = await render(<LearningPage />);
  expect(await screen.findByRole('progressbar', { name: 'Progress in Modern physics' })).toHaveAttribute('aria-valuenow', '64');
  await user.click(screen.getByRole('button', { name: 'What is left' }));
  expect(await screen.findByText('Try it')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Try it' })).toHaveAttribute('href', `/learn/${examples.progress.course_id}/${examples.id(12)}#${examples.id(20)}`);
  expect(screen.getByText(/40% reached, 80% needed/)).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
});

test('what is missing in one place stands under its name once', async () => {
  const unmet = ['Try it', 'Read it', 'Elsewhere'].map((title, index) => ({
    ...explanation.unmet[0], node_id: examples.id(20 + index), rule: 'viewed', path: ['Waves', index < 2 ? 'Strings' : 'Air', title],
  }));
  server.use(answers('get', MINE, page([examples.progress])), answers('get', EXPLAIN, { ...explanation, unmet }));
  const { user } = await render(<LearningPage />);
  await user.click(await screen.findByRole('button', { name: 'What is left' }));
  expect(await screen.findByText('Waves › Strings')).toBeVisible();
  expect(screen.getByText('Waves › Air')).toBeVisible();
  expect(screen.getByRole('link', { name: 'Read it' })).toBeVisible();
});

test('what is due says when, once where it holds for all in one place', async () => {
  const [early, late] = ['2020-03-01T09:00:00Z', '2999-05-01T09:00:00Z'];
  const unmet = [
    { title: 'Try it', place: 'Strings', due_at: early, graded: true },
    { title: 'Read it', place: 'Strings', due_at: early, graded: false },
    { title: 'Now', place: 'Air', due_at: early, graded: false },
    { title: 'Later', place: 'Air', due_at: late, graded: false },
  ].map(({ title, place, ...duty }, index) => ({ ...explanation.unmet[0], node_id: examples.id(20 + index), rule: 'viewed', path: ['Waves', place, title], ...duty }));
  server.use(...signedIn, answers('get', MINE, page([{ ...examples.progress, next_due_at: late }])), answers('get', EXPLAIN, { ...explanation, unmet }));
  const { user, container } = await render(<LearningPage />);
  // 9 o'clock in Greenwich is 10 in London's summer time, which the account is in.
  expect(await screen.findByText(/^Next due May 1, 2999, 10:00/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'What is left' }));
  expect(await screen.findByRole('link', { name: 'Try it' })).toBeVisible();
  expect(screen.getAllByText(/^Overdue since Mar 1, 2020, 9:00/)).toHaveLength(2);
  expect(screen.getByText(/^Due May 1, 2999/)).toBeVisible();
  expect(screen.getAllByText('Graded')).toHaveLength(1);
  expect(await axe(container)).toHaveNoViolations();
});

test('a reason that fails to load can be asked for again', async () => {
  server.use(answers('get', MINE, page([examples.progress])), refuses('get', EXPLAIN, 503, 'unavailable', { title: 'Resting' }));
  const { user } = await render(<LearningPage />);
  await user.click(await screen.findByRole('button', { name: 'What is left' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  server.use(answers('get', EXPLAIN, { ...explanation, unmet: [] }));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Nothing is left.')).toBeVisible();
});

test('without a course the catalogue is the next step', async () => {
  server.use(answers('get', MINE, page([])));
  await render(<LearningPage />);
  expect(await screen.findByRole('link', { name: 'Find a course' })).toHaveAttribute('href', '/courses');
});

test('courses on their way keep their place', async () => {
  server.use(hangs('get', MINE));
  await render(<LearningPage />);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('a refusal can be tried again', async () => {
  server.use(refuses('get', MINE, 503, 'unavailable', { title: 'Resting' }));
  const { user } = await render(<LearningPage />);
  expect(await screen.findByRole('alert')).toHaveTextContent('Resting');
  server.use(answers('get', MINE, page([{ ...examples.progress, percentage: 100, completed_at: '2026-04-01T12:00:00Z' }])));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Finished Apr 1, 2026')).toBeVisible();
});
