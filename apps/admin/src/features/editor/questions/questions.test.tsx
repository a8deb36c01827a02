import type { NodeView } from '@lyceum/api-client/course';
import { answers, axe, examples, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { EditorPage } from '..';
import { emptyItem, itemTypes } from './items';
import { inMode, itemEntry, withCount, withEntry, withoutEntry, withStep, type QuizContent } from './quizzes';

const COURSE = `/api/v1/courses/${examples.id(3)}`;
const BLOCK = examples.id(13);
const QUIZ = examples.id(60);
const ITEM = examples.id(61);
const BANK = examples.id(62);
const quiz: QuizContent = {
  title: 'Check', introduction: '', sections: [{ title: '', introduction: '', entries: [{ kind: 'item', item_id: ITEM }], shuffle_items: false, shuffle_options: true }],
  settings: {
    mode: 'practice', timing: { opens_at: null, closes_at: null, time_limit: null, grace: 30 }, attempts: { limit: null, delay: 0, check_limit: null },
    review: { during: ['key'], immediately_after: [], while_open: [], after_close: [] }, pass_threshold: null,
  },
};
const item = {
  ...emptyItem('numeric'), prompt: '<p>How fast is light?</p>', hints: ['<p>Very.</p>'],
  accepted: [{ kind: 'value', value: '299792458', tolerance: '10', percent: true, credit: '1', feedback: '' }],
};
const view = (changes: object = {}) => ({ id: ITEM, bank_id: BANK, latest: 1, retired: false, content: item, version: 2, ...changes });
const shown = { type: 'numeric', prompt: '<p>How fast is light?</p>', options: [], hint_count: 1, hints: [], review: null };
const block = (quizId: string | null, version = 1): NodeView => ({
  id: BLOCK, kind: 'block', title: 'Check', visibility: 'visible', optional: false, graded: false, completion: { rule: 'answered' }, requires: [],
  available_from: null, due_at: null, block_kind: 'problem', content: { kind: 'problem', quiz_id: quizId }, version,
});
const outline = {
  course_id: examples.id(3), version: 4,
  sections: [{ id: BLOCK, kind: 'block', title: 'Check', children: [], block_kind: 'problem', optional: false, version: 1, visibility: 'visible' }],
};
const open = () => render(<EditorPage />, { path: '/courses/:courseId/edit', at: `/courses/${examples.id(3)}/edit?node=${BLOCK}` });

beforeEach(() =>
  server.use(
    ...signedIn,
    answers('get', COURSE, examples.course),
    answers('get', `${COURSE}/draft`, outline),
    answers('get', `${COURSE}/draft/nodes/${BLOCK}`, block(QUIZ)),
    answers('get', `/api/v1/quizzes/${QUIZ}/content`, { id: QUIZ, course_id: examples.id(3), content: quiz, version: 5 }),
    answers('get', `/api/v1/items/${ITEM}`, view()),
    answers('post', '/api/v1/item-previews', shown),
  ));

test('a first question makes its bank, its quiz, and the way to it', async () => {
  const sent: [string, unknown][] = [];
  const takes = (path: string, answer: object) =>
    http.post(path, async ({ request }) => {
      sent.push([new URL(request.url).pathname, await request.json()]);
      return HttpResponse.json(answer, { status: 201 });
    });
  server.use(
    answers('get', `${COURSE}/draft/nodes/${BLOCK}`, block(null)),
    refuses('post', '/api/v1/item-previews', 422, 'validation-failed', { detail: 'Not valid' }),
    takes('/api/v1/banks', { id: BANK, course_id: examples.id(3), title: 'Check' }),
    takes(`/api/v1/banks/${BANK}/items`, view({ version: 1 })),
    takes('/api/v1/quizzes', { id: QUIZ, course_id: examples.id(3), content: quiz, version: 1 }),
    http.patch(`${COURSE}/draft/nodes/${BLOCK}`, async ({ request }) => {
      sent.push(['block', await request.json()]);
      return HttpResponse.json(block(QUIZ, 2));
    }),
  );
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: 'Number' }));
  await user.type(await screen.findByLabelText('Number'), '42');
  await user.click(screen.getByRole('button', { name: 'Save the question' }));
  await waitFor(() => expect(sent.map(([path]) => path)).toEqual(['/api/v1/banks', `/api/v1/banks/${BANK}/items`, '/api/v1/quizzes', 'block']));
  expect(sent[1]?.[1]).toMatchObject({ content: { type: 'numeric', accepted: [{ value: '42', tolerance: '0' }] } });
  expect(sent[3]?.[1]).toEqual({ content: { kind: 'problem', quiz_id: QUIZ } });
});

test('a question stands beside what learners see, and an answer can be tried', async () => {
  const asked: unknown[] = [];
  server.use(http.post('/api/v1/item-previews', async ({ request }) => {
    const body = (await request.json()) as { response: object | null; hints: number };
    asked.push(body.response);
    return HttpResponse.json({ ...shown, hints: body.hints > 0 ? ['<p>Very.</p>'] : [], review: body.response ? { outcome: 'wrong', feedback: ['<p>Faster.</p>'] } : null });
  }));
  const { user, container } = await open();
  await screen.findByRole('heading', { name: 'As learners see it' });
  const preview = screen.getByRole('region', { name: 'As learners see it' });
  await user.type(await within(preview).findByLabelText('Your number'), '3');
  await user.click(within(preview).getByRole('button', { name: 'Try this answer' }));
  expect(await within(preview).findByText('Faster.')).toBeVisible();
  await user.click(within(preview).getByRole('button', { name: 'Hint 1 of 1' }));
  expect(await within(preview).findByText('Very.')).toBeVisible();
  expect(asked).toContainEqual({ value: '3' });
  expect(await axe(container)).toHaveNoViolations();
});

test('what keeps a question from being saved is said while it is written', async () => {
  server.use(http.post('/api/v1/item-previews', () =>
    HttpResponse.json({ type: 'x', code: 'validation-failed', title: 'x', detail: 'x', status: 422, errors: [{ pointer: '/prompt', detail: 'An item needs a prompt' }] }, { status: 422 })));
  await open();
  expect(await screen.findByText('An item needs a prompt')).toBeVisible();
});

test('a question that somebody else changed shows both, and neither is lost', async () => {
  const conditions: (string | null)[] = [];
  server.use(http.put(`/api/v1/items/${ITEM}`, ({ request }) => {
    conditions.push(request.headers.get('If-Match'));
    const theirs = view({ version: 8, content: { ...item, prompt: '<p>How slow is light?</p>' } });
    server.use(answers('get', `/api/v1/items/${ITEM}`, theirs));
    if (conditions.length > 1) return HttpResponse.json(view({ version: 9 }));
    return HttpResponse.json({ type: 'x', code: 'precondition-failed', title: 'x', detail: 'x', status: 412 }, { status: 412 });
  }));
  const { user } = await open();
  const tolerance = await screen.findByLabelText('Tolerance');
  await user.clear(tolerance);
  await user.type(tolerance, '5');
  expect(screen.getByText('Not saved yet, only on this device')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Save the question' }));
  expect((await screen.findAllByText('How slow is light?'))[0]).toBeVisible();
  await user.click(await screen.findByRole('button', { name: 'Go on with yours' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(conditions).toEqual(['"2"', '"8"']);
  expect(screen.getByText(/There is another version on this device/)).toBeVisible();
});

test('a quiz keeps its place while it comes, and says why it could not be had', async () => {
  server.use(hangs('get', `/api/v1/quizzes/${QUIZ}/content`));
  const { unmount } = await open();
  // What stands above it has come.
  expect(await screen.findByText('As usual')).toBeVisible();
  expect(screen.getAllByText('Loading…')[0]).toBeInTheDocument();
  unmount();
  server.use(refuses('get', `/api/v1/quizzes/${QUIZ}/content`, 404, 'assessment.quiz-not-found', { title: 'There is no such quiz' }));
  await open();
  expect(await screen.findByText('There is no such quiz')).toBeVisible();
});

test.each(itemTypes.map((type) => [type] as const))('an empty question of type %s has everything that its type has', (type) => {
  const empty = emptyItem(type);
  expect(empty.type).toBe(type);
  expect('options' in empty ? new Set(empty.options.map(({ id }) => id)).size : 2).toBe(2);
});

test('questions come, go and change places in a quiz', () => {
  const two = withEntry(quiz, itemEntry('second'));
  expect(two.sections[0]?.entries).toEqual([{ kind: 'item', item_id: ITEM }, { kind: 'item', item_id: 'second' }]);
  expect(withStep(two, 0, 1, -1).sections[0]?.entries[0]).toEqual({ kind: 'item', item_id: 'second' });
  expect(withoutEntry(two, 0, 0).sections[0]?.entries).toEqual([{ kind: 'item', item_id: 'second' }]);
  expect(withEntry({ ...quiz, sections: [] }, itemEntry('first')).sections).toHaveLength(1);
  const drawn = withEntry(two, { kind: 'draw', bank_id: 'b', count: 1 });
  expect(withCount(drawn, 0, 2, 4).sections[0]?.entries.at(-1)).toEqual({ kind: 'draw', bank_id: 'b', count: 4 });
  expect(withCount(drawn, 0, 1, 4)).toEqual(drawn);
});

test('a quiz tells nothing before its end and limits no checks; practice tells all', () => {
  const limited = { ...quiz.settings, attempts: { ...quiz.settings.attempts, check_limit: 3 } };
  expect(inMode(limited, 'quiz')).toMatchObject({ mode: 'quiz', review: { during: [] }, attempts: { check_limit: null } });
  expect(inMode(limited, 'practice')).toMatchObject({ review: { during: expect.arrayContaining(['key', 'explanation']) as unknown }, attempts: { check_limit: 3 } });
});
