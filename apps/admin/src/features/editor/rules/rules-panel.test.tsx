import type { DraftNode, DraftView, NodeEdit, NodeView } from '@lyceum/api-client/course';
import { answers, axe, examples, fireEvent, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor } from '@lyceum/testing';

import { EditorPage } from '..';

const COURSE = `/api/v1/courses/${examples.id(3)}`;
const DRAFT = `${COURSE}/draft`;
const LESSON = examples.id(11);
const BLOCK = examples.id(13);
const OTHER = examples.id(20);
const NODE = `${DRAFT}/nodes/${LESSON}`;
const node = (kind: DraftNode['kind'], id: string, title: string, children: DraftNode[] = []): DraftNode => ({
  id, kind, title, children, block_kind: kind === 'block' ? 'problem' : null, optional: false, version: 1, visibility: 'visible',
});
const outline: DraftView = {
  course_id: examples.id(3),
  version: 4,
  sections: [
    node('section', examples.id(10), 'Light', [node('lesson', LESSON, 'Rays', [node('page', examples.id(12), 'Straight on', [node('block', BLOCK, 'Check')])])]),
    node('section', OTHER, 'Colour'),
  ],
};
const view = (changes: Partial<NodeView> = {}): NodeView => ({
  id: LESSON, kind: 'lesson', title: 'Rays', visibility: 'visible', optional: false, graded: false, completion: { rule: 'all' }, requires: [],
  available_from: null, due_at: null, block_kind: null, content: null, version: 1, ...changes,
});
const title = /^When it is done, and when it may be taken/;
const open = (id = LESSON) => render(<EditorPage />, { path: '/courses/:courseId/edit', at: `/courses/${examples.id(3)}/edit?node=${id}` });
const opened = async (id?: string) => {
  const shown = await open(id);
  await shown.user.click(await screen.findByRole('button', { name: title }));
  return shown;
};

let sent: [string | null, NodeEdit][];

/** Takes every change, and answers with what has become of the node. */
function takes(path: string, before: NodeView) {
  let now = before;
  return http.patch(path, async ({ request }) => {
    const edit = (await request.json()) as NodeEdit;
    sent.push([request.headers.get('If-Match'), edit]);
    now = { ...now, ...(edit as Partial<NodeView>), version: now.version + 1 };
    return HttpResponse.json(now);
  });
}

beforeEach(() => {
  sent = [];
  server.use(
    ...signedIn,
    answers('get', COURSE, examples.course),
    answers('get', DRAFT, outline),
    answers('get', NODE, view()),
    answers('get', `${DRAFT}/checks`, { findings: [] }),
    takes(NODE, view()),
  );
});

test('the line says that all is as usual, and what is set where something is', async () => {
  const { unmount } = await open();
  expect(await screen.findByRole('button', { name: title })).toHaveTextContent('As usual');
  unmount();
  server.use(answers('get', NODE, view({ completion: { rule: 'at-least', count: 2 }, due_at: '2026-07-01T09:00:00Z', requires: [OTHER], graded: true })));
  const { container } = await open();
  const line = await screen.findByRole('button', { name: title });
  // Ten o'clock in London's summer.
  expect(line).toHaveTextContent(/Done when 2 parts are done · Due Jul 1, 2026, 10:00\sAM · After “Colour” · Counts towards the grade/);
  expect(await axe(container)).toHaveNoViolations();
});

test('it keeps its place while it comes, and says why it could not be had', async () => {
  server.use(hangs('get', NODE));
  const { unmount } = await open();
  await waitFor(() => expect(screen.getByText('Loading…')).toBeInTheDocument());
  unmount();
  server.use(refuses('get', NODE, 404, 'course.node-not-found', { title: 'There is no such part' }));
  await open();
  expect(await screen.findByText('There is no such part')).toBeVisible();
});

test('a lesson can be done with some of its pages, and only that is sent', async () => {
  const { user, container } = await opened();
  expect(await screen.findByRole('radio', { name: /leave out \(as usual\)$/ })).toBeChecked();
  expect(screen.queryByRole('radio', { name: /answered/ })).not.toBeInTheDocument();
  await user.click(screen.getByRole('radio', { name: 'When a number of parts in it are done' }));
  expect(screen.getByText('There is 1 part in it.')).toBeVisible();
  expect(await axe(container)).toHaveNoViolations();
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(sent).toEqual([['"1"', { completion: { rule: 'at-least', count: 1 } }]]);
  expect(screen.getByRole('button', { name: title })).toHaveTextContent('Done when 1 part is done');
});

test('a question can ask for a share of its points', async () => {
  const path = `${DRAFT}/nodes/${BLOCK}`;
  const block = view({ id: BLOCK, kind: 'block', title: 'Check', block_kind: 'problem', completion: { rule: 'answered' }, content: { kind: 'problem', quiz_id: null }, version: 7 });
  server.use(answers('get', path, block), takes(path, block));
  const { user } = await opened(BLOCK);
  await user.click(await screen.findByRole('radio', { name: 'When learners have reached some of the points' }));
  const percent = screen.getByRole('textbox', { name: 'Percent of the points' });
  await user.clear(percent);
  await user.type(percent, '80{Tab}');
  await waitFor(() => expect(sent.at(-1)?.[1]).toEqual({ completion: { rule: 'score', share: '0.8' } }), { timeout: 5000 });
  expect(sent[0]?.[0]).toBe('"7"');
});

test('what has to be done before is found by its name; what it is inside of is not offered', async () => {
  const { user, container } = await opened();
  expect(await screen.findByText('Nothing. Learners may take it at any time.')).toBeVisible();
  const field = screen.getByRole('combobox', { name: 'Add a part of the course' });
  await user.click(screen.getByRole('button', { name: /Add a part of the course$/ }));
  expect((await screen.findAllByRole('option')).map(({ textContent }) => textContent)).toEqual(['Colour']);
  await user.type(field, 'col');
  await user.click(await screen.findByRole('option', { name: 'Colour' }));
  expect(await screen.findByRole('button', { name: 'Ask no longer for “Colour”' })).toBeVisible();
  expect(screen.getByRole('combobox', { name: 'Add a part of the course' })).toHaveFocus();
  expect(document.activeElement).toHaveValue('');
  expect(await axe(container)).toHaveNoViolations();
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(sent).toEqual([['"1"', { requires: [OTHER] }]]);
  await user.click(screen.getByRole('button', { name: 'Ask no longer for “Colour”' }));
  await waitFor(() => expect(sent.at(-1)).toEqual(['"2"', { requires: [] }]), { timeout: 5000 });
});

test('a circle is told as soon as the server has found it', async () => {
  server.use(
    answers('get', NODE, view({ requires: [OTHER] })),
    answers('get', `${DRAFT}/checks`, {
      findings: [
        { severity: 'error', code: 'requires-itself', node_id: LESSON, detail: 'x' },
        { severity: 'error', code: 'requires-hidden', node_id: OTHER, detail: 'x' },
      ],
    }),
  );
  await opened();
  expect(await screen.findByText('What has to be done before can be done only after it, or never.')).toBeVisible();
  expect(screen.queryByText(/a part that learners do not see/)).not.toBeInTheDocument();
});

test('moments are in the time zone of the account, and can be cleared', async () => {
  server.use(answers('get', '/api/v1/me', { ...examples.me, time_zone: 'America/New_York' }));
  const { user } = await opened();
  expect(await screen.findByText('In the time zone of your account: America/New York.')).toBeVisible();
  fireEvent.change(screen.getByLabelText('It opens'), { target: { value: '2026-07-02T09:30' } });
  fireEvent.change(screen.getByLabelText('It is due'), { target: { value: '2026-07-01T09:30' } });
  expect(screen.getByText('This is before it opens.')).toBeVisible();
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(sent).toEqual([['"1"', { available_from: '2026-07-02T13:30:00.000Z', due_at: '2026-07-01T13:30:00.000Z' }]]);
  await user.click(screen.getByRole('button', { name: 'Clear: It is due' }));
  expect(screen.getByLabelText('It is due')).toHaveValue('');
  await waitFor(() => expect(sent.at(-1)).toEqual(['"2"', { due_at: null }]), { timeout: 5000 });
});

test('a moment that is half written is told when the field is left, and changes nothing', async () => {
  const { user } = await opened();
  const field = await screen.findByLabelText<HTMLInputElement>('It opens');
  // As a browser has it while only the day is there.
  Object.defineProperty(field, 'validity', { value: { badInput: true }, configurable: true });
  await user.click(field);
  await user.tab();
  expect(screen.getByText('Day and time are both needed.')).toBeVisible();
  Object.defineProperty(field, 'validity', { value: { badInput: false }, configurable: true });
  fireEvent.change(field, { target: { value: '2026-07-02T09:30' } });
  expect(screen.queryByText('Day and time are both needed.')).not.toBeInTheDocument();
  expect(await screen.findByText('Saved')).toBeVisible();
  expect(sent).toEqual([['"1"', { available_from: '2026-07-02T08:30:00.000Z' }]]);
});

test('rules that two people set show both, and one is chosen', async () => {
  server.use(http.patch(NODE, () => {
    server.use(answers('get', NODE, view({ version: 5, due_at: '2026-07-01T09:00:00Z' })), takes(NODE, view({ version: 5 })));
    return HttpResponse.json({ type: 'x', code: 'course.draft-conflict', title: 'Changed', detail: '', status: 409 }, { status: 409 });
  }));
  const { user, container } = await opened();
  await user.click(await screen.findByRole('switch', { name: 'It counts towards the grade' }));
  expect(await screen.findByRole('heading', { name: 'The saved version' })).toBeVisible();
  await waitFor(() => expect(screen.getAllByRole('definition').map(({ textContent }) => textContent)).toContainEqual(expect.stringContaining('Jul 1, 2026')));
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Go on with yours' }));
  expect(await screen.findByText('Saved')).toBeVisible();
  // The other's due date goes: one's own version has none.
  expect(sent).toEqual([['"5"', { due_at: null, graded: true }]]);
});

test('what was refused is said, and can be tried again', async () => {
  server.use(refuses('patch', NODE, 422, 'validation-failed', { detail: 'At most 20 nodes can be required' }));
  const { user } = await opened();
  await user.click(await screen.findByRole('switch', { name: 'It counts towards the grade' }));
  expect(await screen.findByText('At most 20 nodes can be required')).toBeVisible();
  server.use(takes(NODE, view()));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Saved')).toBeVisible();
});
