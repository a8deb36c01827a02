type QueryValue = string | number | boolean | null | undefined;

/** A query string in which a list repeats its key, as FastAPI reads it. What is undefined or null is left out. */
export function queryString(params: Record<string, QueryValue | readonly QueryValue[]>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) pairs.append(name, String(one));
    }
  }
  return pairs.toString();
}
