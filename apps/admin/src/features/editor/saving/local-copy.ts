/** What was written on this device and is not known to be on the server. */
export interface LocalCopy<T> {
  value: T;
  /** The version that it was written on top of. */
  base: number;
  /** When, in ISO 8601. */
  at: string;
}

const PREFIX = 'lyceum.draft.';

export function keepCopy(key: string, copy: LocalCopy<unknown>): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(copy));
  } catch {
    // Storage may be forbidden or full; what was written is then only on the page and on its way to the server.
  }
}

export function readCopy<T>(key: string): LocalCopy<T> | null {
  try {
    const stored = localStorage.getItem(PREFIX + key);
    return stored === null ? null : (JSON.parse(stored) as LocalCopy<T>);
  } catch {
    return null;
  }
}

export function forgetCopy(key: string): void {
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // As above.
  }
}

const aside = (key: string) => `${key}.aside`;

/**
 * The copy to offer when something is opened: the one that an earlier visit left, if it says something else than the
 * server. It is put aside, so that what is written from now on does not take its place.
 */
export function copyToOffer<T>(key: string, stored: T): LocalCopy<T> | null {
  const left = readCopy<T>(key);
  if (left !== null) {
    forgetCopy(key);
    if (!isSame(left.value, stored)) keepCopy(aside(key), left);
  }
  return readCopy<T>(aside(key));
}

export function putAside(key: string, copy: LocalCopy<unknown>): void {
  keepCopy(aside(key), copy);
}

export function forgetAside(key: string): void {
  forgetCopy(aside(key));
}

export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
