import type { VersionView } from '@lyceum/api-client/course';
import { allowed, answers, axe, examples, hangs, http, HttpResponse, page, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { CoursePage, CoursesPage } from '.';

const COURSES = '/api/v1/courses';
const version = (number: number, current: boolean): VersionView => ({
  number, current, title: 'Modern physics', content_hash: 'abc', note: `Note ${number}`, restored_from: null, published_at: '2026-03-01T09:00:00Z',
  published_by: examples.id(2),
});

beforeEach(() =>
  server.use(allowed('course.course.create'), ...signedIn));

describe('the list', () => {
  test('shows courses with their state', async () => {
    server.use(answers('get', COURSES, page([examples.course])));
    const { container } = await render(<CoursesPage />);
    expect(await screen.findByRole('link', { name: 'Modern physics' })).toHaveAttribute('href', `/courses/${examples.id(3)}`);
    expect(screen.getByText('Published')).toBeVisible();
    expect(await axe(container)).toHaveNoViolations();
  });

  test('an author creates a course', async () => {
    let sent: unknown;
    server.use(answers('get', COURSES, page([])), http.post(COURSES, async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(examples.course, { status: 201 });
    }));
    const { user, address } = await render(<CoursesPage />, { at: '/courses' });
    expect(await screen.findByText('No courses yet')).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'New course' }));
    await user.type(await screen.findByLabelText('Title'), 'Optics');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('The course is there as a draft')).toBeVisible();
    expect(sent).toEqual({ title: 'Optics', summary: '', language: 'en' });
    expect(address()).toBe(`/courses/${examples.id(3)}/edit`);
  });

  test('keeps its place while it comes', async () => {
    server.use(hangs('get', COURSES));
    await render(<CoursesPage />);
    expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  });

  test('says why it was refused', async () => {
    server.use(refuses('get', COURSES, 503, 'unavailable', { title: 'Courses rest' }));
    await render(<CoursesPage />);
    expect(await screen.findByText('Courses rest')).toBeVisible();
  });
});

describe('a course', () => {
  const path = `${COURSES}/:id`;
  const open = () => render(<CoursePage />, { path: '/courses/:courseId', at: `/courses/${examples.id(3)}` });

  beforeEach(() =>
    server.use(
      answers('get', path, examples.course),
      answers('get', `${path}/draft`, { course_id: examples.id(3), version: 4, sections: [] }),
      answers('get', `${path}/draft/checks`, { findings: [{ code: 'news', detail: 'A page is empty.', node_id: examples.id(7), severity: 'warning' }] }),
      answers('get', `${path}/draft/diff`, { changes: [{ id: examples.id(7), change: 'moved and changed', kind: 'page', path: ['Waves', 'Light'] }] }),
      answers('get', `${path}/versions`, page([version(2, true), version(1, false)])),
    ));

  test('shows what the draft changes and publishes it', async () => {
    let condition: string | null = null;
    server.use(http.post(`${path}/versions`, ({ request }) => {
      condition = request.headers.get('If-Match');
      return HttpResponse.json(version(3, true), { status: 201 });
    }));
    const { user, container } = await open();
    expect(await screen.findByText('Waves › Light')).toBeVisible();
    expect(screen.getByText('Moved and changed')).toBeVisible();
    expect(screen.getByText('A page is empty.')).toBeVisible();
    // A finding that the checklist does not know is shown as well.
    expect(screen.getByRole('link', { name: 'Show it' })).toHaveAttribute('href', `/courses/${examples.id(3)}/edit?node=${examples.id(7)}`);
    expect(await axe(container)).toHaveNoViolations();
    await user.click(screen.getByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('Version 3 is published')).toBeVisible();
    expect(condition).toBe('"4"');
  });

  test('goes back to an earlier version after a question', async () => {
    server.use(answers('post', `${path}/versions/:number/restoration`, version(3, true), 201));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Go back to version 1' }));
    await user.click(await screen.findByRole('button', { name: 'Publish it again' }));
    expect(await screen.findByText('Version 3 is published')).toBeVisible();
  });

  test('with an error in it cannot be published', async () => {
    server.use(answers('get', `${path}/draft/checks`, { findings: [{ code: 'x', detail: 'No section.', node_id: null, severity: 'error' }] }));
    await open();
    expect(await screen.findByText('No section.')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Publish' })).toBeDisabled();
  });

  test('that somebody changed meanwhile is not published', async () => {
    server.use(refuses('post', `${path}/versions`, 412, 'precondition-failed', { detail: 'It has changed.' }));
    const { user } = await open();
    await user.click(await screen.findByRole('button', { name: 'Publish' }));
    expect(await screen.findByText('It has changed.')).toBeVisible();
  });
});
