/** A query string in which a list repeats its key, as FastAPI reads it. What is undefined or null is left out. */
export function queryString(params: Record<string, unknown>): string {
  const pairs = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (one !== undefined && one !== null) pairs.append(name, String(one as string | number | boolean));
    }
  }
  return pairs.toString();
}
