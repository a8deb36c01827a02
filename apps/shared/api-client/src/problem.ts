/** One input that the API refused: `pointer` is a JSON pointer (RFC 6901) into the request's body. */
export interface ProblemItem {
  pointer: string;
  detail: string;
}

/**
 * Every way in which a request can fail, as one type. `code` is stable: decide by it, and show `title` and `detail`.
 * A request that got no answer has `status` 0 and the code `network`; an answer that is not a problem document
 * (RFC 9457), say of a proxy, has the code `unreadable`.
 */
export interface ApiProblem {
  status: number;
  code: string;
  title: string;
  detail: string;
  errors: readonly ProblemItem[];
  /** Seconds to wait before trying again, where the API says so. */
  retryAfter: number | null;
}

export const NETWORK = 'network';
export const UNREADABLE = 'unreadable';

export function networkProblem(): ApiProblem {
  return { status: 0, code: NETWORK, title: '', detail: '', errors: [], retryAfter: null };
}

/** The problem in an answer's body. `retryAfter` is the header of that name. */
export function problemFrom(status: number, body: unknown, retryAfter: string | null = null): ApiProblem {
  const seconds = retryAfter !== null && /^\d+$/.test(retryAfter) ? Number(retryAfter) : null;
  if (!isRecord(body) || typeof body.code !== 'string') {
    return { status, code: UNREADABLE, title: '', detail: '', errors: [], retryAfter: seconds };
  }
  return {
    status,
    code: body.code,
    title: text(body.title),
    detail: text(body.detail),
    errors: Array.isArray(body.errors) ? body.errors.flatMap(problemItem) : [],
    retryAfter: seconds,
  };
}

/** Tells a problem from whatever else a `catch` or a hook's `error` can hold. */
export function isApiProblem(value: unknown): value is ApiProblem {
  return isRecord(value) && typeof value.code === 'string' && typeof value.status === 'number' && Array.isArray(value.errors);
}

/** The details of refused inputs by their pointer, without its leading slash: `display_name`, `answers/0`. */
export function fieldProblems(problem: ApiProblem): Record<string, string> {
  return Object.fromEntries(problem.errors.map(({ pointer, detail }) => [pointer.replace(/^#?\//, ''), detail]));
}

function problemItem(value: unknown): ProblemItem[] {
  return isRecord(value) ? [{ pointer: text(value.pointer), detail: text(value.detail) }] : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
