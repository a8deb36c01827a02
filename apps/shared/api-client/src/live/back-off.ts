// Milliseconds.
const LEAST = 500;
const FIRST = 1000;
const MOST = 60_000;

/**
 * How long to wait before the next attempt, in milliseconds: somewhere up to a limit that doubles with each one that failed,
 * so that all the pages that a restart cut off do not come back at the same moment. `chance` is from 0 to 1.
 */
export function pauseBefore(failed: number, chance: number): number {
  return LEAST + chance * Math.min(MOST, FIRST * 2 ** failed);
}
