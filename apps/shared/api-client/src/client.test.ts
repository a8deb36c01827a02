import { answers, examples, fails, http, HttpResponse, page, refuses, server } from '@lyceum/testing';

import { authApi } from './auth';
import { courseApi } from './course';
import { identityApi } from './identity';
import { allItems, createStore, fieldProblems, ifMatch, isApiProblem, UploadFailed, uploadCourseArchive } from './index';

const entry = (slug: string) => ({ ...examples.catalogueEntry, id: slug, slug });

async function problemOf(request: Promise<{ error?: unknown }>) {
  const { error } = await request;
  if (!isApiProblem(error)) throw new Error('no problem came');
  return error;
}

test('a refusal is a problem, with the faults of each field', async () => {
  server.use(
    http.patch('/api/v1/me', () =>
      HttpResponse.json(
        { type: 'x', title: 'The input is not valid', status: 422, detail: 'One field.', code: 'validation-failed', errors: [{ pointer: '/display_name', detail: 'Too short' }] },
        { status: 422, headers: { 'Content-Type': 'application/problem+json', 'Retry-After': '3' } },
      ),
    ),
  );
  const change = createStore().dispatch(identityApi.endpoints.editMe.initiate({ 'If-Match': ifMatch(3), profileChange: { display_name: '' } }));
  const problem = await problemOf(change);
  expect(problem).toMatchObject({ status: 422, code: 'validation-failed', title: 'The input is not valid', retryAfter: 3 });
  expect(fieldProblems(problem)).toEqual({ display_name: 'Too short' });
});

test('without an answer the problem is of the network', async () => {
  server.use(fails('get', '/api/v1/me'));
  expect(await problemOf(createStore().dispatch(identityApi.endpoints.getMe.initiate()))).toMatchObject({ status: 0, code: 'network' });
});

test('an answer that is no problem document is told apart', async () => {
  server.use(http.get('/api/v1/me', () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502 })));
  expect(await problemOf(createStore().dispatch(identityApi.endpoints.getMe.initiate()))).toMatchObject({ status: 502, code: 'unreadable' });
});

test('a write carries the version and the token of the session, a read does not', async () => {
  const seen: Record<string, string | null>[] = [];
  const note = ({ headers }: Request) => seen.push({ token: headers.get('X-CSRF-Token'), version: headers.get('If-Match') });
  server.use(
    answers('get', '/api/v1/session', examples.session),
    http.get('/api/v1/me', ({ request }) => {
      note(request);
      return HttpResponse.json(examples.me);
    }),
    http.patch('/api/v1/me', ({ request }) => {
      note(request);
      return HttpResponse.json(examples.me);
    }),
  );
  const store = createStore();
  await store.dispatch(authApi.endpoints.getSession.initiate());
  await store.dispatch(identityApi.endpoints.getMe.initiate());
  await store.dispatch(identityApi.endpoints.editMe.initiate({ 'If-Match': ifMatch(3), profileChange: {} }));
  expect(seen.slice(0, 2)).toEqual([
    { token: null, version: null },
    { token: 'csrf-of-ada', version: '"3"' },
  ]);
});

test('a write whose token is missing asks for the session and is sent once more', async () => {
  const tokens: (string | null)[] = [];
  server.use(
    answers('get', '/api/v1/session', examples.session),
    http.post('/api/v1/courses/:id/enrolment', ({ request }) => {
      const token = request.headers.get('X-CSRF-Token');
      tokens.push(token);
      if (token !== null) return HttpResponse.json({ course_id: examples.id(3) });
      return HttpResponse.json({ code: 'csrf-token-missing', title: 'Missing', detail: '', status: 403, type: 'x' }, { status: 403 });
    }),
  );
  const { error } = await createStore().dispatch(courseApi.endpoints.enrol.initiate({ courseId: examples.id(3) }));
  expect(error).toBeUndefined();
  expect(tokens).toEqual([null, 'csrf-of-ada']);
});

test('a write that stays refused is not sent for ever', async () => {
  let count = 0;
  server.use(
    answers('get', '/api/v1/session', examples.session),
    http.post('/api/v1/courses/:id/enrolment', () => {
      count += 1;
      return HttpResponse.json({ code: 'csrf-token-invalid', title: 'Invalid', detail: '', status: 403, type: 'x' }, { status: 403 });
    }),
  );
  expect(await problemOf(createStore().dispatch(courseApi.endpoints.enrol.initiate({ courseId: examples.id(3) })))).toMatchObject({ code: 'csrf-token-invalid' });
  expect(count).toBe(2);
});

test('a list goes on from its cursor to its end', async () => {
  server.use(
    http.get('/api/v1/catalogue', ({ request }) => {
      const query = new URL(request.url).searchParams;
      expect(query.get('q')).toBe('waves');
      return HttpResponse.json(query.get('cursor') === null ? page([entry('one')], 'next') : page([entry('two')]));
    }),
  );
  const store = createStore();
  const { initiate } = courseApi.endpoints.browseCatalogue;
  await store.dispatch(initiate({ q: 'waves', language: null }));
  const { data, hasNextPage } = await store.dispatch(initiate({ q: 'waves', language: null }, { direction: 'forward' }));
  expect(allItems(data).map(({ slug }) => slug)).toEqual(['one', 'two']);
  expect(hasNextPage).toBe(false);
});

test('who signs out leaves nothing behind', async () => {
  server.use(
    answers('get', '/api/v1/session', examples.session),
    answers('get', '/api/v1/me', examples.me),
    http.delete('/api/v1/session', () => new HttpResponse(null, { status: 204 })),
  );
  const store = createStore();
  await store.dispatch(authApi.endpoints.getSession.initiate());
  await store.dispatch(identityApi.endpoints.getMe.initiate(undefined, { subscribe: false }));
  await store.dispatch(authApi.endpoints.signOut.initiate());
  expect(identityApi.endpoints.getMe.select()(store.getState()).data).toBeUndefined();
  expect(store.getState().csrf.token).toBeNull();
});

const archive = { file: new File(['x'], 'course.zip'), publish: true, idempotencyKey: 'once' };

test('an archive is sent with its key and its token', async () => {
  const seen = jest.fn<void, [unknown]>();
  server.use(
    answers('get', '/api/v1/session', examples.session),
    http.post('/api/v1/imports', ({ request }) => {
      seen([request.headers.get('Idempotency-Key'), request.headers.get('X-CSRF-Token')]);
      return HttpResponse.json({ id: examples.id(9), state: 'queued' }, { status: 202 });
    }),
  );
  const store = createStore();
  await store.dispatch(authApi.endpoints.getSession.initiate());
  expect(await store.dispatch(uploadCourseArchive(archive))).toMatchObject({ state: 'queued' });
  expect(seen).toHaveBeenCalledWith(['once', 'csrf-of-ada']);
});

test('a refused upload rejects with its problem', async () => {
  server.use(refuses('post', '/api/v1/imports', 413, 'too-large'));
  const upload = createStore().dispatch(uploadCourseArchive(archive));
  await expect(upload).rejects.toBeInstanceOf(UploadFailed);
  await expect(upload).rejects.toMatchObject({ problem: { status: 413, code: 'too-large' } });
});

test('an upload that was called off before it began sends nothing', async () => {
  const upload = createStore().dispatch(uploadCourseArchive(archive, { signal: AbortSignal.abort() }));
  await expect(upload).rejects.toMatchObject({ problem: { code: 'aborted' } });
});
