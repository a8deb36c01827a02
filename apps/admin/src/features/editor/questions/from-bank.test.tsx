import type { NodeView } from '@lyceum/api-client/course';
import { answers, axe, examples, hangs, http, HttpResponse, page, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { EditorPage } from '..';
import { emptyItem } from './items';
import type { QuizContent } from './quizzes';

const COURSE = `/api/v1/courses/${examples.id(3)}`;
const BLOCK = examples.id(13);
const QUIZ = examples.id(60);
const ITEM = examples.id(61);
const OTHER = examples.id(63);
const BANK = examples.id(62);
const ITEMS = `/api/v1/banks/${BANK}/items`;
const quiz: QuizContent = {
  title: 'Check', introduction: '', sections: [{ title: '', introduction: '', entries: [{ kind: 'item', item_id: ITEM }], shuffle_items: false, shuffle_options: true }],
  settings: {
    mode: 'practice', timing: { opens_at: null, closes_at: null, time_limit: null, grace: 30 }, attempts: { limit: null, delay: 0, check_limit: null },
    review: { during: ['key'], immediately_after: [], while_open: [], after_close: [] }, pass_threshold: null,
  },
};
const bank = { id: BANK, course_id: examples.id(3), title: 'Speeds', items: 2 };
const view = (id: string, prompt: string) => ({ id, bank_id: BANK, latest: 1, retired: false, content: { ...emptyItem('numeric'), prompt }, version: 2 });
const block = (quizId: string | null): NodeView => ({
  id: BLOCK, kind: 'block', title: 'Check', visibility: 'visible', optional: false, graded: false, completion: { rule: 'answered' }, requires: [],
  available_from: null, due_at: null, block_kind: 'problem', content: { kind: 'problem', quiz_id: quizId }, version: 1,
});
const outline = {
  course_id: examples.id(3), version: 4,
  sections: [{ id: BLOCK, kind: 'block', title: 'Check', children: [], block_kind: 'problem', optional: false, version: 1, visibility: 'visible' }],
};
const asked: URLSearchParams[] = [];
const listed = [view(ITEM, '<p>How fast is light?</p>'), view(OTHER, '<p>How fast is <em>sound</em>?</p>')];

async function open() {
  const shown = await render(<EditorPage />, { path: '/courses/:courseId/edit', at: `/courses/${examples.id(3)}/edit?node=${BLOCK}` });
  await shown.user.click(await screen.findByRole('button', { name: 'From a bank' }));
  return shown;
}

/** Takes every change of the quiz. */
function takes() {
  const sent: [string | null, QuizContent][] = [];
  server.use(http.put(`/api/v1/quizzes/${QUIZ}/content`, async ({ request }) => {
    const { content } = (await request.json()) as { content: QuizContent };
    sent.push([request.headers.get('If-Match'), content]);
    const now = { id: QUIZ, course_id: examples.id(3), content, version: 5 + sent.length };
    server.use(answers('get', `/api/v1/quizzes/${QUIZ}/content`, now));
    return HttpResponse.json(now);
  }));
  return sent;
}

beforeEach(() => {
  asked.length = 0;
  server.use(
    ...signedIn,
    answers('get', COURSE, examples.course),
    answers('get', `${COURSE}/draft`, outline),
    answers('get', `${COURSE}/draft/nodes/${BLOCK}`, block(QUIZ)),
    answers('get', `/api/v1/quizzes/${QUIZ}/content`, { id: QUIZ, course_id: examples.id(3), content: quiz, version: 5 }),
    http.get('/api/v1/items/:id', ({ params }) => HttpResponse.json(view(String(params.id), '<p>Which?</p>'))),
    answers('post', '/api/v1/item-previews', { type: 'numeric', prompt: '', options: [], hint_count: 0, hints: [], review: null }),
    answers('get', '/api/v1/banks', page([bank])),
    http.get(ITEMS, ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams);
      return HttpResponse.json(searchParams.get('cursor') === 'next' ? page([listed[1]]) : page([listed[0]], 'next'));
    }),
  );
});

test('a question of a bank is taken into the quiz; one that is there already is not offered', async () => {
  const sent = takes();
  const { user, container } = await open();
  await user.click(await screen.findByRole('button', { name: /Speeds/ }));
  const list = await screen.findByRole('list', { name: 'Speeds' });
  expect(within(list).getByText('How fast is light?')).toBeVisible();
  expect(within(list).getByText('In the quiz')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  await user.click(await screen.findByRole('button', { name: 'Add “How fast is sound?”' }));
  expect(await screen.findByText('“How fast is sound?” is in the quiz now.')).toBeInTheDocument();
  expect(sent.map(([condition, { sections }]) => [condition, sections[0]?.entries])).toEqual([['"5"', [{ kind: 'item', item_id: ITEM }, { kind: 'item', item_id: OTHER }]]]);
  expect(await axe(container)).toHaveNoViolations();
});

test('questions are looked for by words and by kind', async () => {
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: /Speeds/ }));
  await user.type(await screen.findByRole('searchbox', { name: 'Find a question' }), 'sound');
  await waitFor(() => expect(asked.at(-1)?.get('q')).toBe('sound'));
  server.use(http.get(ITEMS, ({ request }) => {
    asked.push(new URL(request.url).searchParams);
    return HttpResponse.json(page([]));
  }));
  await user.click(await screen.findByRole('button', { name: /Kind of question/ }));
  await user.click(await screen.findByRole('option', { name: 'Short text' }));
  expect(await screen.findByText('No question is like that')).toBeVisible();
  expect(Object.fromEntries(asked.at(-1) ?? [])).toMatchObject({ q: 'sound', type: 'short_text' });
});

test('some questions are drawn at random, and how many can be changed', async () => {
  const sent = takes();
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: /Speeds/ }));
  const draw = await screen.findByRole('group', { name: 'Draw at random' });
  await user.click(within(draw).getByRole('button', { name: 'Draw from this bank' }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.[1].sections[0]?.entries.at(-1)).toEqual({ kind: 'draw', bank_id: BANK, count: 1 });
  await user.click(screen.getByRole('button', { name: 'Close the banks' }));
  expect(await screen.findByText('Drawn at random from “Speeds”')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Increase How many questions' }));
  await waitFor(() => expect(sent.at(-1)?.[1].sections[0]?.entries.at(-1)).toEqual({ kind: 'draw', bank_id: BANK, count: 2 }));
  expect(sent.at(-1)?.[0]).toBe('"6"');
});

test('a block without a quiz gets one of what is taken', async () => {
  const sent: unknown[] = [];
  server.use(
    answers('get', `${COURSE}/draft/nodes/${BLOCK}`, block(null)),
    http.post('/api/v1/quizzes', async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ id: QUIZ, course_id: examples.id(3), content: quiz, version: 1 }, { status: 201 });
    }),
    http.patch(`${COURSE}/draft/nodes/${BLOCK}`, async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(block(QUIZ));
    }),
  );
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: /Speeds/ }));
  await user.click(await screen.findByRole('button', { name: 'Add “How fast is light?”' }));
  await waitFor(() => expect(sent).toHaveLength(2), { timeout: 5000 });
  expect(sent[0]).toMatchObject({ course_id: examples.id(3), content: { title: 'Check', sections: [{ entries: [{ kind: 'item', item_id: ITEM }] }] } });
  expect(sent[1]).toEqual({ content: { kind: 'problem', quiz_id: QUIZ } });
});

test('what the server refuses is said, and nothing is told as taken', async () => {
  server.use(http.put(`/api/v1/quizzes/${QUIZ}/content`, () =>
    HttpResponse.json({ type: 'x', code: 'validation-failed', title: 'x', detail: 'The quiz asks for what is not there', status: 422, errors: [] }, { status: 422 })));
  const { user } = await open();
  await user.click(await screen.findByRole('button', { name: /Speeds/ }));
  await user.click(await screen.findByRole('button', { name: 'Draw from this bank' }));
  expect(await screen.findByText('The quiz asks for what is not there')).toBeVisible();
});

test('banks keep their place while they come, and say why there are none', async () => {
  server.use(hangs('get', '/api/v1/banks'));
  const first = await open();
  // The place of the dialog's code gives way to that of the banks: what was found a moment ago may be gone.
  await waitFor(() => expect(screen.getAllByText('Loading…')[0]).toBeInTheDocument());
  first.unmount();
  server.use(answers('get', '/api/v1/banks', page([])));
  const second = await open();
  expect(await screen.findByText('There are no banks yet')).toBeVisible();
  expect(await axe(second.container)).toHaveNoViolations();
  second.unmount();
  server.use(refuses('get', '/api/v1/banks', 403, 'permission-denied', { title: 'Not yours' }));
  await open();
  expect(await screen.findByText('Not yours')).toBeVisible();
});
