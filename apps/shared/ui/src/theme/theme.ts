import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Theme = 'light' | 'dark';

// public/boot.js reads the same key before the first paint.
const KEY = 'lyceum.theme';
const listeners = new Set<() => void>();
const prefersDark = () => globalThis.matchMedia('(prefers-color-scheme: dark)');

/** What was chosen on this browser; `system` where nothing was, or where storage is forbidden. */
export function themeChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Keep a choice for the next visits and show it at once. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
  show(choice);
  for (const listener of listeners) listener();
}

/** Follow the system's theme while nothing else was chosen. Returns what ends it. */
export function followSystemTheme(): () => void {
  const query = prefersDark();
  const follow = () => show(themeChoice());
  follow();
  query.addEventListener('change', follow);
  return () => query.removeEventListener('change', follow);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, themeChoice);
}

function show(choice: ThemeChoice): void {
  const theme: Theme = choice === 'system' ? (prefersDark().matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = theme;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
