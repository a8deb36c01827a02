import type { CoursePage as Course, CourseStructure } from '@lyceum/api-client/course';
import type { CourseProgressView, PartSummary } from '@lyceum/api-client/progress';
import { answers, axe, examples, fails, hangs, http, HttpResponse, refuses, render, screen, server, signedIn } from '@lyceum/testing';

import { CoursePage } from '.';

const course: Course = { ...examples.catalogueEntry, description_html: '<p>What holds the world together.</p>', licence: null, open_for_enrolment: true };
const all = { rule: 'all' } as const;
const structure: CourseStructure = {
  course_id: course.id,
  number: 1,
  title: course.title,
  sections: [
    {
      id: examples.id(10), kind: 'section', title: 'Waves', completion: all,
      children: [
        {
          id: examples.id(11), kind: 'lesson', title: 'Strings', completion: all,
          children: [
            { id: examples.id(12), kind: 'page', title: 'A string', completion: all, children: [{ id: examples.id(14), kind: 'block', block_kind: 'problem', title: 'Try it', completion: all }] },
            { id: examples.id(13), kind: 'page', title: 'Two strings', completion: all, children: [] },
          ],
        },
      ],
    },
  ],
};
const part = (kind: PartSummary['kind'], id: number, title: string, parts: PartSummary[] = [], more: Partial<PartSummary> = {}): PartSummary => ({
  id: examples.id(id), kind, title, parts, done: false, locked: false, optional: false, percentage: 50, required: 2, remaining: 1, ...more,
});
const progress: CourseProgressView = {
  ...examples.progress,
  number: 1,
  required: 2,
  remaining: 1,
  percentage: 50,
  resume: { kind: 'page', node_id: examples.id(13), page_id: examples.id(13), seconds: null, title: 'Two strings' },
  sections: [part('section', 10, 'Waves', [part('lesson', 11, 'Strings', [part('page', 12, 'A string', [], { done: true }), part('page', 13, 'Two strings')])])],
};
const COURSE = '/api/v1/catalogue/modern-physics';
const PROGRESS = `/api/v1/progress/courses/${course.id}`;
const options = { at: '/courses/modern-physics', path: '/courses/:slug' };

beforeEach(() => server.use(answers('get', COURSE, course), answers('get', `/api/v1/courses/${course.id}/outline`, structure)));

test('a visitor sees what is in it, and signs in to enrol', async () => {
  const { container } = await render(<CoursePage />, options);
  expect(await screen.findByRole('heading', { level: 1, name: 'Modern physics' })).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Sign in to enrol' })).toHaveAttribute('href', '/sign-in?return_to=%2Fcourses%2Fmodern-physics');
  expect(await screen.findByRole('button', { name: /Waves.*2 pages.*1 exercise/ })).toHaveAttribute('aria-expanded', 'true');
  expect(screen.queryByRole('link', { name: 'A string' })).not.toBeInTheDocument();
  expect(await axe(container)).toHaveNoViolations();
});

test('after enrolling the way to the first page is there as soon as the progress is', async () => {
  let asked = 0;
  let isIn = false;
  server.use(
    ...signedIn,
    http.get(PROGRESS, () => {
      if (isIn) asked += 1;
      return asked > 1 ? HttpResponse.json({ ...progress, remaining: 2, percentage: 0 }) : HttpResponse.json({ code: 'progress.not-enrolled', status: 403 }, { status: 403 });
    }),
    http.post(`/api/v1/courses/${course.id}/enrolment`, () => {
      isIn = true;
      return HttpResponse.json({});
    }),
  );
  const { user } = await render(<CoursePage />, options);
  await user.click(await screen.findByRole('button', { name: 'Enrol' }));
  expect(await screen.findByRole('link', { name: 'Start' })).toHaveAttribute('href', `/learn/${course.id}/${examples.id(13)}`);
});

test('who takes it goes on where it was left, and sees what is done', async () => {
  server.use(...signedIn, answers('get', PROGRESS, progress));
  const { container } = await render(<CoursePage />, options);
  expect(await screen.findByRole('link', { name: 'Continue' })).toHaveAttribute('href', `/learn/${course.id}/${examples.id(13)}`);
  expect(screen.getByText('1 step left')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'A string' })).toBeVisible();
  expect(screen.getByText('Done')).toBeInTheDocument();
  expect(await axe(container)).toHaveNoViolations();
});

test('what is due says when, and that it is over to whom it is left', async () => {
  const [section] = structure.sections;
  const [lesson] = section?.children ?? [];
  const dated = { ...structure, sections: [{ ...section, due_at: '2999-05-01T09:00:00Z', children: [{ ...lesson, due_at: '2020-03-01T09:00:00Z', graded: true }] }] };
  server.use(...signedIn, answers('get', PROGRESS, progress), answers('get', `/api/v1/courses/${course.id}/outline`, dated));
  const { container } = await render(<CoursePage />, options);
  expect(await screen.findByRole('button', { name: /^Waves.*Due May 1, 2999/ })).toBeVisible();
  expect(await screen.findByText(/^Overdue since Mar 1, 2020/)).toBeVisible();
  expect(screen.getAllByText('Graded')).toHaveLength(1);
  expect(await axe(container)).toHaveNoViolations();
});

test('a finished course says so', async () => {
  server.use(...signedIn, answers('get', PROGRESS, { ...progress, percentage: 100, remaining: 0, completed_at: '2026-04-01T00:00:00Z' }));
  await render(<CoursePage />, options);
  expect(await screen.findByText('You have finished this course')).toBeVisible();
});

test('a refused enrolment says why', async () => {
  server.use(...signedIn, refuses('get', PROGRESS, 403, 'progress.not-enrolled'), refuses('post', `/api/v1/courses/${course.id}/enrolment`, 409, 'course.archived', { detail: 'It was archived.' }));
  const { user } = await render(<CoursePage />, options);
  await user.click(await screen.findByRole('button', { name: 'Enrol' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('It was archived.');
});

test('a course on its way keeps its place', async () => {
  server.use(hangs('get', COURSE));
  await render(<CoursePage />, options);
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
});

test('a course that is not there leads to those that are', async () => {
  server.use(refuses('get', COURSE, 404, 'course.not-found'));
  await render(<CoursePage />, options);
  expect(await screen.findByText('There is no such course')).toBeVisible();
  expect(screen.getByRole('link', { name: 'All courses' })).toHaveAttribute('href', '/courses');
});

test('without a network it can be tried again', async () => {
  server.use(fails('get', COURSE));
  const { user } = await render(<CoursePage />, options);
  expect(await screen.findByText('You are offline')).toBeVisible();
  server.use(answers('get', COURSE, course));
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Modern physics' })).toBeVisible();
});

test('an outline without sections says so', async () => {
  server.use(answers('get', `/api/v1/courses/${course.id}/outline`, { ...structure, sections: [] }));
  await render(<CoursePage />, options);
  expect(await screen.findByText('Nothing is in this course yet')).toBeVisible();
});
