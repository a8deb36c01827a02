import { http, HttpResponse, delay, type HttpHandler } from 'msw';

/** A page of a list, the last one unless there is a cursor. */
export interface Page<Item> {
  items: Item[];
  next_cursor?: string | null;
}

export function page<Item>(items: Item[], next: string | null = null): Page<Item> {
  return { items, next_cursor: next };
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Answers with this body. Take it from `examples`, whose types are the generated client's: then the test breaks with the API. */
export function answers(method: Method, path: string, body: object, status = 200): HttpHandler {
  return http[method](path, () => HttpResponse.json(body, { status }));
}

/** Refuses with a problem document. */
export function refuses(method: Method, path: string, status: number, code: string, texts: { title?: string; detail?: string } = {}): HttpHandler {
  const { title = 'Refused', detail = 'It was refused.' } = texts;
  return http[method](path, () =>
    HttpResponse.json({ type: `/problems/${code}`, title, status, detail, code }, { status, headers: { 'Content-Type': 'application/problem+json' } }),
  );
}

/** Never answers, to look at what shows meanwhile. */
export function hangs(method: Method, path: string): HttpHandler {
  return http[method](path, async () => {
    await delay('infinite');
    return HttpResponse.json({});
  });
}

/** The network fails. */
export function fails(method: Method, path: string): HttpHandler {
  return http[method](path, () => HttpResponse.error());
}
