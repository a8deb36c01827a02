import { fetchBaseQuery, type BaseQueryApi, type BaseQueryFn, type FetchArgs } from '@reduxjs/toolkit/query/react';

import { csrfToken, tokenForgotten, tokenReceived } from './csrf';
import { networkProblem, problemFrom, type ApiProblem } from './problem';
import { queryString } from './query-string';
import { steppedUp } from './step-up';

export interface AnswerMeta {
  /** The version of what was answered, as `If-Match` wants it; null where the answer has none. */
  etag: string | null;
  /** The id under which the server's log knows the request. */
  requestId: string | null;
}

/** A request as the generated endpoints write it: they name every header that they could send, also with null. */
export interface ApiRequest extends Omit<FetchArgs, 'headers'> {
  headers?: Record<string, string | null | undefined>;
}

export type ApiBaseQuery = BaseQueryFn<string | ApiRequest, unknown, ApiProblem, {}, AnswerMeta>;

const SESSION = '/api/v1/session';
const STEP_UP = `${SESSION}/step-up`;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

const send = fetchBaseQuery({
  // An absolute address, because the fetch of the tests' environment takes no other.
  baseUrl: globalThis.location.origin,
  credentials: 'same-origin',
  paramsSerializer: (params) => queryString(params as Parameters<typeof queryString>[0]),
  prepareHeaders: (headers, { getState, arg }) => {
    const token = csrfToken(getState());
    if (token !== null && !SAFE.has(methodOf(arg))) headers.set('X-CSRF-Token', token);
    headers.set('Accept', 'application/json');
    return headers;
  },
});

/**
 * Sends cookies and, with writes, the CSRF token of the session. A request that was refused for want of a recent proof of
 * who it is is sent once more after the person was asked for one.
 */
export const baseQuery: ApiBaseQuery = async (request, api, extra) => {
  const args = withoutEmptyHeaders(typeof request === 'string' ? { url: request } : request);
  const first = await askWithToken(args, api, extra);
  if (first.error?.code !== 'step-up-required' || !(await steppedUp())) return first;
  return askWithToken(args, api, extra);
};

/**
 * A write that was refused for its token is sent once more after the session was asked for the current one: a page that just
 * woke up may not know it, or know an older one.
 */
async function askWithToken(args: FetchArgs, api: BaseQueryApi, extra: {}): Promise<Answer> {
  const first = await ask(args, api, extra);
  if (first.error?.code !== 'csrf-token-missing' && first.error?.code !== 'csrf-token-invalid') return first;
  const session = await ask({ url: SESSION }, api, extra);
  return session.error ? first : ask(args, api, extra);
}

async function ask(args: FetchArgs, api: BaseQueryApi, extra: {}): Promise<Answer> {
  const { data, error, meta } = await send(args, api, extra);
  const headers = meta?.response?.headers;
  const answered: AnswerMeta = { etag: headers?.get('ETag') ?? null, requestId: headers?.get('X-Request-ID') ?? null };
  if (error) {
    const problem = typeof error.status === 'number'
      ? problemFrom(error.status, error.data, headers?.get('Retry-After') ?? null)
      : error.status === 'PARSING_ERROR' ? problemFrom(error.originalStatus, null) : networkProblem();
    return { error: problem, meta: answered };
  }
  if (args.url === SESSION || args.url === STEP_UP) rememberToken(args, data, api);
  return { data, meta: answered };
}

type Answer = { data: unknown; error?: undefined; meta: AnswerMeta } | { error: ApiProblem; data?: undefined; meta: AnswerMeta };

function rememberToken(args: FetchArgs, data: unknown, { dispatch }: BaseQueryApi): void {
  if (methodOf(args) === 'DELETE') dispatch(tokenForgotten());
  else if (typeof data === 'object' && data !== null && 'csrf_token' in data) dispatch(tokenReceived(String(data.csrf_token)));
}

function methodOf(args: string | FetchArgs): string {
  return (typeof args === 'string' ? undefined : args.method)?.toUpperCase() ?? 'GET';
}

function withoutEmptyHeaders({ headers, ...rest }: ApiRequest): FetchArgs {
  const given = Object.entries(headers ?? {}).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== null,
  );
  return { ...rest, headers: Object.fromEntries(given) };
}
