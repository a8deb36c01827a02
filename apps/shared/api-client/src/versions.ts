/** The `If-Match` of a version: 3 is `"3"`. */
export function ifMatch(version: number): string {
  return `"${version}"`;
}

/** A value for `Idempotency-Key`: make one per intention, and send it again with every retry of it. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
