import { act, answers, examples, http, HttpResponse, page, refuses, render, renderRoutes, screen, server, sockets, waitFor } from '@lyceum/testing';

import { allItems } from '../keyset';
import { courseApi, type ImportView } from '../course';
import { useBrowseMyProgressInfiniteQuery, useGetProgressOutlineQuery } from '../progress';
import { useImportProgress, useImportsProgress } from './imports';
import { useWatchedProgress } from './progress';

const course = examples.progress.course_id;
const topic = `progress/${course}`;
const courses = [course];
const job: ImportView = {
  id: examples.id(40), course_id: null, file_name: 'physics.tar.gz', finished_at: null, format: 'olx', problem: null,
  progress: { stage: 'reading', done: 1, total: 4 }, publish: false, report: null, requested_at: '2026-03-01T09:00:00Z', state: 'running',
};

function subscribe(name: string) {
  act(() => sockets.last.accept());
  act(() => sockets.last.say({ op: 'subscribed', topic: name, cursor: '1-1' }));
}

function Overview() {
  const { data } = useBrowseMyProgressInfiniteQuery();
  const isLive = useWatchedProgress(courses);
  return (
    <p>
      {isLive ? 'live' : 'asking'} {allItems(data).map(({ percentage }) => percentage)}
    </p>
  );
}

function Outline() {
  const { data } = useGetProgressOutlineQuery({ courseId: course });
  useWatchedProgress(courses);
  return <p>{data?.percentage} percent</p>;
}

test('what is told of a course goes into the overview without a request', async () => {
  server.use(answers('get', '/api/v1/progress', page([examples.progress])));
  await render(<Overview />);
  expect(await screen.findByText('asking 64')).toBeVisible();
  subscribe(topic);
  expect(await screen.findByText('live 64')).toBeVisible();
  const change = { course_id: course, percentage: 80, completed_at: null, at: '2026-03-21T09:00:00Z' };
  act(() => sockets.last.say({ op: 'event', topic, cursor: '1-2', type: 'progress.changed', data: change }));
  expect(await screen.findByText('live 80')).toBeVisible();
  act(() => sockets.last.say({ op: 'event', topic, cursor: '1-3', type: 'progress.changed', data: { percentage: 'much' } }));
  expect(screen.getByText('live 80')).toBeVisible();
  act(() => sockets.last.cut());
  expect(await screen.findByText('asking 80')).toBeVisible();
});

test('what lies below a course is read again', async () => {
  let percentage = 10;
  const outline = () => ({ course_id: course, number: 1, title: 'x', percentage, required: 2, remaining: 1, completed_at: null, sections: [] });
  server.use(http.get(`/api/v1/progress/courses/${course}/outline`, () => HttpResponse.json(outline())));
  await render(<Outline />);
  expect(await screen.findByText('10 percent')).toBeVisible();
  subscribe(topic);
  percentage = 30;
  const change = { course_id: course, percentage, completed_at: null, at: '2026-03-21T09:00:00Z' };
  act(() => sockets.last.say({ op: 'event', topic, cursor: '1-2', type: 'progress.changed', data: change }));
  expect(await screen.findByText('30 percent')).toBeVisible();
});

test('another session has another connection', async () => {
  server.use(refuses('get', `/api/v1/progress/courses/${course}/outline`, 403, 'progress.not-enrolled'));
  const { store } = await renderRoutes(() => [{ path: '/', element: <Outline /> }]);
  act(() => void store.dispatch({ type: 'csrf/tokenReceived', payload: 'first' }));
  expect(sockets.opened).toHaveLength(1);
  act(() => void store.dispatch({ type: 'csrf/tokenReceived', payload: 'second' }));
  expect(sockets.opened).toHaveLength(2);
});

function Import() {
  const { currentData: shown } = useImportProgress(job.id);
  return (
    <p>
      {shown?.state} {shown?.progress?.stage} {shown?.progress?.done}
    </p>
  );
}

function Imports() {
  const { currentData } = useImportsProgress();
  return (
    <ul>
      {allItems(currentData).map((one) => (
        <li key={one.id}>
          {one.file_name} {one.state} {one.progress?.done}
        </li>
      ))}
    </ul>
  );
}

const ofJob = `imports/${job.id}`;
const jobAddress = `/api/v1/imports/${job.id}`;
const done: ImportView = { ...job, state: 'succeeded', progress: null, course_id: course, finished_at: '2026-03-01T09:01:00Z' };
const moved = (cursor: string, stage: string, n: number) => ({ op: 'event', topic: ofJob, cursor, type: 'import.moved', data: { import_id: job.id, stage, done: n, total: 9 } });
const ended = { op: 'event', topic: ofJob, cursor: '1-9', type: 'import.ended', data: { import_id: job.id, state: 'succeeded' } };

test('an import is followed step by step, and read again at its end', async () => {
  server.use(answers('get', jobAddress, { ...job, state: 'queued', progress: null }));
  await render(<Import />);
  expect(await screen.findByText('queued')).toBeVisible();
  subscribe(ofJob);
  act(() => sockets.last.say(moved('1-2', 'building', 7)));
  expect(await screen.findByText('running building 7')).toBeVisible();
  act(() => sockets.last.say({ ...moved('1-3', 'building', 8), data: { stage: 'building', done: 'most' } }));
  expect(screen.getByText('running building 7')).toBeVisible();
  server.use(answers('get', jobAddress, done));
  act(() => sockets.last.say(ended));
  expect(await screen.findByText('succeeded')).toBeVisible();
  expect(sockets.last.sent.at(-1)).toMatchObject({ op: 'unsubscribe', topic: ofJob });
});

test('an import that has ended is not watched', async () => {
  server.use(answers('get', jobAddress, done));
  await render(<Import />);
  expect(await screen.findByText('succeeded')).toBeVisible();
  expect(sockets.opened).toHaveLength(0);
});

test('without a connection an import is asked for now and then', async () => {
  let asked = 0;
  server.use(
    http.get(jobAddress, () => {
      asked += 1;
      return HttpResponse.json(asked > 1 ? { ...job, state: 'failed', finished_at: '2026-03-01T09:01:00Z' } : job);
    }),
  );
  await render(<Import />);
  expect(await screen.findByText(/failed/)).toBeVisible();
});

test('all imports that are under way are followed in their list', async () => {
  const other = { ...job, id: examples.id(41), file_name: 'logic.zip', state: 'queued' as const, progress: null };
  server.use(answers('get', '/api/v1/imports', page([other, job, { ...done, id: examples.id(42), file_name: 'old.zip' }])));
  await render(<Imports />);
  expect(await screen.findByText('physics.tar.gz running 1')).toBeVisible();
  act(() => sockets.last.accept());
  expect(sockets.last.sent.map(({ topic: name }) => name)).toEqual([`imports/${other.id}`, ofJob]);
  for (const name of [`imports/${other.id}`, ofJob]) act(() => sockets.last.say({ op: 'subscribed', topic: name, cursor: '1-1' }));
  act(() => sockets.last.say(moved('1-2', 'building', 7)));
  expect(await screen.findByText('physics.tar.gz running 7')).toBeVisible();
  expect(screen.getByText('logic.zip queued')).toBeVisible();
  server.use(answers('get', '/api/v1/imports', page([other, done])));
  act(() => sockets.last.say(ended));
  expect(await screen.findByText('physics.tar.gz succeeded')).toBeVisible();
});

test('a course that an import made shows in a list that was read before', async () => {
  server.use(answers('get', jobAddress, job), answers('get', '/api/v1/courses', page([])));
  const { store } = await render(<Import />);
  const read = store.dispatch(courseApi.endpoints.browseCourses.initiate());
  await read;
  expect(await screen.findByText('running reading 1')).toBeVisible();
  subscribe(ofJob);
  server.use(answers('get', jobAddress, done), answers('get', '/api/v1/courses', page([examples.course])));
  act(() => sockets.last.say(ended));
  const titles = () => allItems(courseApi.endpoints.browseCourses.select()(store.getState()).data).map(({ title }) => title);
  await waitFor(() => expect(titles()).toEqual([examples.course.title]));
  read.unsubscribe();
});
