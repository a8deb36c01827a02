const PREFIX = 'lyceum.kept.';

/** Keeps a value on this device until it was sent, so that a lost network or a reload loses nothing. Null forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null || value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // Storage may be forbidden or full; the value then holds until the page is left.
  }
}

/** What was kept under the name; null where nothing was. It was written by an earlier version perhaps: look before you trust it. */
export function kept(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null');
  } catch {
    return null;
  }
}

/** Forgets everything: somebody else may use this device next. */
export function forgetKept(): void {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name);
  } catch {
    // Storage may be forbidden; then nothing was kept.
  }
}
