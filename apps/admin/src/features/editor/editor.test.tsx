import type { DraftNode, DraftView, MoveRequest, NodeEdit, NodeView } from '@lyceum/api-client/course';
import { answers, axe, examples, fireEvent, hangs, http, HttpResponse, refuses, render, screen, server, signedIn, waitFor, within } from '@lyceum/testing';

import { EditorPage } from '.';

const COURSE = `/api/v1/courses/${examples.id(3)}`;
const DRAFT = `${COURSE}/draft`;
const node = (kind: DraftNode['kind'], id: number, title: string, children: DraftNode[] = []): DraftNode => ({
  id: examples.id(id), kind, title, children, block_kind: kind === 'block' ? 'rich_text' : null, optional: false, version: 1, visibility: 'visible',
});
const outline = (): DraftView => ({
  course_id: examples.id(3),
  version: 4,
  sections: [node('section', 10, 'Light', [node('lesson', 11, 'Rays', [node('page', 12, 'Straight on', [node('block', 13, 'Why')])])]), node('section', 20, 'Colour')],
});
const text = (html: string, version = 1): NodeView => ({
  id: examples.id(13), kind: 'block', title: 'Why', visibility: 'visible', optional: false, graded: false, completion: { rule: 'viewed' }, requires: [],
  available_from: null, due_at: null, block_kind: 'rich_text', content: { kind: 'rich_text', html }, version,
});
const open = (query = '') => render(<EditorPage />, { path: '/courses/:courseId/edit', at: `/courses/${examples.id(3)}/edit${query}` });
const titles = () => screen.getAllByRole('row').map((row) => row.getAttribute('aria-label') ?? row.textContent);

const part = (id: string): NodeView => ({ ...text(''), id, kind: 'section', title: 'Light', completion: { rule: 'all' }, block_kind: null, content: null });

beforeEach(() =>
  server.use(
    ...signedIn,
    answers('get', COURSE, examples.course),
    answers('get', DRAFT, outline()),
    http.get(`${DRAFT}/nodes/:id`, ({ params }) => HttpResponse.json(part(String(params.id)))),
  ));

describe('the outline', () => {
  test('shows the course, part inside part', async () => {
    const { container, user, address } = await open();
    const tree = await screen.findByRole('treegrid', { name: 'Outline' });
    expect(within(tree).getByRole('row', { name: 'Light' })).toHaveAttribute('aria-expanded', 'true');
    expect(await axe(container)).toHaveNoViolations();
    await user.click(within(tree).getByText('Rays'));
    expect(address()).toContain(`node=${examples.id(11)}`);
    expect(screen.getByRole('heading', { level: 2, name: 'Rays' })).toBeVisible();
  });

  test('keeps its place while it comes', async () => {
    server.use(hangs('get', DRAFT));
    await open();
    expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  });

  test('says why it could not be had', async () => {
    server.use(refuses('get', DRAFT, 403, 'permission-denied', { title: 'Not yours' }));
    await open();
    expect(await screen.findByText('Not yours')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  test('that is empty begins with a section', async () => {
    const empty = { ...outline(), sections: [] };
    let sent: unknown;
    let condition: string | null = null;
    server.use(answers('get', DRAFT, empty), http.post(`${DRAFT}/nodes`, async ({ request }) => {
      sent = await request.json();
      condition = request.headers.get('If-Match');
      server.use(answers('get', DRAFT, { ...empty, version: 5, sections: [node('section', 30, 'Sound')] }));
      return HttpResponse.json({ ...text(''), id: examples.id(30), kind: 'section', content: null, block_kind: null }, { status: 201 });
    }));
    const { user, container } = await open();
    expect(await screen.findByText('The outline is empty')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Add a section' }));
    await user.type(await screen.findByLabelText('Title'), 'Sound');
    await user.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByRole('heading', { level: 2, name: 'Sound' })).toBeVisible();
    expect(sent).toEqual({ kind: 'section', title: 'Sound', parent_id: null });
    expect(condition).toBe('"4"');
  });

  test('is put in order by keyboard, and says so', async () => {
    let sent: unknown;
    server.use(http.post(`${DRAFT}/moves`, async ({ request }) => {
      sent = await request.json();
      const { sections, ...rest } = outline();
      return HttpResponse.json({ ...rest, version: 5, sections: [...sections].reverse() });
    }));
    const { user } = await open();
    const row = await screen.findByRole('row', { name: 'Colour' });
    await user.click(within(row).getByText('Colour'));
    await user.keyboard('{ArrowRight}');
    expect(document.activeElement).toHaveAccessibleName('Drag Colour');
    await user.keyboard('{Enter}');
    const target = await screen.findByRole('button', { name: 'Insert before Light' });
    await waitFor(() => expect(document.querySelector('[aria-live]')).toHaveTextContent(/Started dragging/));
    target.focus();
    await user.keyboard('{Enter}');
    expect(await screen.findByText('“Colour” is now number 1.')).toBeInTheDocument();
    expect(sent).toEqual({ node_id: examples.id(20), parent_id: null, position: 0 } satisfies MoveRequest);
    expect(titles()[0]).toContain('Colour');
  });

  test('goes back to what it was where a move is refused', async () => {
    server.use(refuses('post', `${DRAFT}/moves`, 422, 'validation-failed', { detail: 'It cannot be there.' }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'What to do with “Colour”' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Move up' }));
    expect(await screen.findByText('It cannot be there.')).toBeVisible();
    await waitFor(() => expect(titles()[0]).toContain('Light'));
  });

  test('shows what somebody else made of it, and the change can still be made', async () => {
    const conditions: (string | null)[] = [];
    server.use(http.post(`${DRAFT}/moves`, ({ request }) => {
      conditions.push(request.headers.get('If-Match'));
      const changed = { ...outline(), version: 9, sections: [...outline().sections, node('section', 40, 'By another')] };
      server.use(answers('get', DRAFT, changed));
      if (conditions.length > 1) return HttpResponse.json({ ...changed, version: 10 });
      return HttpResponse.json({ type: 'x', code: 'course.draft-conflict', title: 'Changed', detail: '', status: 409 }, { status: 409 });
    }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'What to do with “Colour”' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Move up' }));
    expect(await screen.findByText('Move “Colour”')).toBeVisible();
    expect(screen.getByText('By another')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make it all the same' }));
    await waitFor(() => expect(screen.queryByText('Move “Colour”')).not.toBeInTheDocument());
    expect(conditions).toEqual(['"4"', '"9"']);
  });

  test('asks before a part goes with all that is in it', async () => {
    let isGone = false;
    server.use(http.delete(`${DRAFT}/nodes/${examples.id(10)}`, () => {
      isGone = true;
      server.use(answers('get', DRAFT, { ...outline(), version: 5, sections: [node('section', 20, 'Colour')] }));
      return new HttpResponse(null, { status: 204 });
    }));
    const { user } = await open(`?node=${examples.id(10)}`);
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(await screen.findByText(/3 parts inside it go as well/)).toBeVisible();
    await user.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(isGone).toBe(true));
    expect(screen.queryByRole('row', { name: 'Light' })).not.toBeInTheDocument();
  });

  test('shows a new title at once', async () => {
    let sent: NodeEdit = {};
    server.use(http.patch(`${DRAFT}/nodes/${examples.id(20)}`, async ({ request }) => {
      sent = (await request.json()) as NodeEdit;
      return HttpResponse.json({ ...text(''), id: examples.id(20), title: 'Colours', version: 2 });
    }));
    const { user } = await open(`?node=${examples.id(20)}`);
    await user.click(await screen.findByRole('button', { name: 'Rename' }));
    const field = await screen.findByLabelText('Title');
    await user.clear(field);
    await user.type(field, 'Colours{Enter}');
    expect(await screen.findByRole('heading', { level: 2, name: 'Colours' })).toBeVisible();
    await waitFor(() => expect(sent).toEqual({ title: 'Colours' }));
  });
});

describe('a text', () => {
  const path = `${DRAFT}/nodes/${examples.id(13)}`;
  const write = async (words: string) => fireEvent.change(await screen.findByLabelText(/as HTML/), { target: { value: words } });

  test('is saved as it is written', async () => {
    const sent: [string | null, unknown][] = [];
    server.use(answers('get', path, text('<p>Light goes straight on.</p>')), http.patch(path, async ({ request }) => {
      sent.push([request.headers.get('If-Match'), await request.json()]);
      return HttpResponse.json(text('<p>So.</p>', 2));
    }));
    const { user, container } = await open(`?node=${examples.id(13)}`);
    expect(await screen.findByRole('textbox', { name: 'Text' })).toHaveTextContent('Light goes straight on.');
    expect(screen.getByText('Everything is saved')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Edit as HTML' }));
    await write('<p>So.</p>');
    expect(screen.getByText('Not saved yet …')).toBeVisible();
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(sent).toEqual([['"1"', { content: { kind: 'rich_text', html: '<p>So.</p>' } }]]);
  });

  test('with what the editor would lose is edited as HTML', async () => {
    server.use(answers('get', path, text('<table><tr><td>1</td></tr></table>')));
    await open(`?node=${examples.id(13)}`);
    expect(await screen.findByText('This text is edited as HTML')).toBeVisible();
    expect(screen.getByLabelText('Text as HTML')).toHaveValue('<table><tr><td>1</td></tr></table>');
  });

  test('that two people wrote shows both versions', async () => {
    server.use(answers('get', path, text('<p>Old.</p>')), http.patch(path, () => {
      server.use(answers('get', path, text('<p>Theirs.</p>', 5)), http.patch(path, ({ request }) => HttpResponse.json(text('<p>Mine.</p>', request.headers.get('If-Match') === '"5"' ? 6 : 0))));
      return HttpResponse.json({ type: 'x', code: 'course.draft-conflict', title: 'Changed', detail: '', status: 409 }, { status: 409 });
    }));
    const { user, container } = await open(`?node=${examples.id(13)}`);
    await user.click(await screen.findByRole('button', { name: 'Edit as HTML' }));
    await write('<p>Mine.</p>');
    expect(await screen.findByText('Theirs.')).toBeVisible();
    expect(screen.getByText('Mine.')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Go on with yours' }));
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(screen.getByText(/There is another version on this device/)).toBeVisible();
  });

  test('is saved on top of what was changed beside it on the page', async () => {
    const sent: [string | null, NodeEdit][] = [];
    server.use(answers('get', path, text('<p>Old.</p>')), http.patch(path, async ({ request }) => {
      sent.push([request.headers.get('If-Match'), (await request.json()) as NodeEdit]);
      return HttpResponse.json({ ...text(sent.length > 1 ? '<p>New.</p>' : '<p>Old.</p>', 1 + sent.length), optional: true });
    }));
    const { user } = await open(`?node=${examples.id(13)}`);
    await user.click(await screen.findByRole('button', { name: 'Edit as HTML' }));
    await user.click(screen.getByRole('switch', { name: 'Learners may leave it out' }));
    await waitFor(() => expect(sent).toHaveLength(1));
    await write('<p>New.</p>');
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(sent).toEqual([['"1"', { optional: true }], ['"2"', { content: { kind: 'rich_text', html: '<p>New.</p>' } }]]);
  });

  test('is saved on top of what somebody changed beside it, and nobody is asked', async () => {
    const conditions: (string | null)[] = [];
    server.use(answers('get', path, text('<p>Old.</p>')), http.patch(path, ({ request }) => {
      conditions.push(request.headers.get('If-Match'));
      server.use(answers('get', path, { ...text('<p>Old.</p>', 4), visibility: 'hidden' }));
      if (conditions.length > 1) return HttpResponse.json({ ...text('<p>New.</p>', 5), visibility: 'hidden' });
      return HttpResponse.json({ type: 'x', code: 'course.draft-conflict', title: 'Changed', detail: '', status: 409 }, { status: 409 });
    }));
    const { user } = await open(`?node=${examples.id(13)}`);
    await user.click(await screen.findByRole('button', { name: 'Edit as HTML' }));
    await write('<p>New.</p>');
    expect(await screen.findByText('Saved')).toBeVisible();
    expect(conditions).toEqual(['"1"', '"4"']);
  });

  test('says that it could not be saved, and tries again', async () => {
    let isUp = false;
    server.use(answers('get', path, text('')), http.patch(path, () =>
      isUp ? HttpResponse.json(text('<p>So.</p>', 2)) : HttpResponse.json({ type: 'x', code: 'unavailable', title: 'Rest', detail: 'It rests.', status: 503 }, { status: 503 })));
    const { user } = await open(`?node=${examples.id(13)}`);
    await user.click(await screen.findByRole('button', { name: 'Edit as HTML' }));
    await write('<p>So.</p>');
    expect(await screen.findByText('It rests.')).toBeVisible();
    isUp = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Saved')).toBeVisible();
  });
});

test('a page shows its blocks as learners see them, in the portal and alone', async () => {
  server.use(answers('get', `${DRAFT}/nodes/${examples.id(13)}`, text('<p>See <img src="asset:a b.png" alt="A wave"></p>')), answers('get', `${COURSE}/outline`, { course_id: examples.id(3), number: 2, title: '', sections: [] }));
  const { user, address } = await open(`?node=${examples.id(12)}`);
  expect(await screen.findByRole('img', { name: 'A wave' })).toHaveAttribute('src', `${COURSE}/assets/a%20b.png`);
  await user.click(screen.getByRole('link', { name: 'View as a learner' }));
  expect(address()).toContain('view=learner');
  expect(await screen.findByRole('heading', { level: 1, name: 'Straight on' })).toBeVisible();
});
