import { act, answers, examples, http, HttpResponse, page, refuses, render, renderRoutes, screen, server, sockets, waitFor } from '@lyceum/testing';

import { allItems } from '../keyset';
import type { ImportView } from '../course';
import { useBrowseMyProgressInfiniteQuery, useGetProgressOutlineQuery } from '../progress';
import { useImportProgress } from './imports';
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
  const { job: read, moved, isLive } = useImportProgress(job.id);
  return (
    <p>
      {read?.state} {moved?.stage} {moved?.done} {isLive ? 'live' : 'asking'}
    </p>
  );
}

test('an import is followed step by step, and read again at its end', async () => {
  const address = `/api/v1/imports/${job.id}`;
  server.use(answers('get', address, job));
  await render(<Import />);
  expect(await screen.findByText('running reading 1 asking')).toBeVisible();
  subscribe(`imports/${job.id}`);
  act(() => sockets.last.say({ op: 'event', topic: `imports/${job.id}`, cursor: '1-2', type: 'import.moved', data: { import_id: job.id, stage: 'building', done: 7, total: 9 } }));
  expect(await screen.findByText('running building 7 live')).toBeVisible();
  server.use(answers('get', address, { ...job, state: 'succeeded', finished_at: '2026-03-01T09:01:00Z' }));
  act(() => sockets.last.say({ op: 'event', topic: `imports/${job.id}`, cursor: '1-3', type: 'import.ended', data: { import_id: job.id, state: 'succeeded' } }));
  await waitFor(() => expect(screen.getByText(/succeeded/)).toBeVisible());
  expect(sockets.last.sent.at(-1)).toMatchObject({ op: 'unsubscribe' });
});

test('without a connection an import is asked for now and then', async () => {
  let asked = 0;
  server.use(
    http.get(`/api/v1/imports/${job.id}`, () => {
      asked += 1;
      return HttpResponse.json(asked > 1 ? { ...job, state: 'failed', finished_at: '2026-03-01T09:01:00Z' } : job);
    }),
  );
  await render(<Import />);
  expect(await screen.findByText(/failed/)).toBeVisible();
});
