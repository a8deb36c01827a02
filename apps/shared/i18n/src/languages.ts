export type Direction = 'ltr' | 'rtl';

export interface Language {
  /** BCP 47. */
  code: string;
  /** Its name in itself. */
  name: string;
  direction: Direction;
}

/** English with every letter changed and every text longer, made by `pseudo`: it shows what is not translated or too narrow. */
export const PSEUDO = 'en-XA';

export const LANGUAGES: readonly Language[] = [
  { code: 'en', name: 'English', direction: 'ltr' },
  { code: 'de', name: 'Deutsch', direction: 'ltr' },
  { code: 'ar', name: 'العربية', direction: 'rtl' },
];

export const FALLBACK = 'en';

export function directionOf(code: string): Direction {
  return LANGUAGES.find((language) => language.code === code)?.direction ?? 'ltr';
}

/** The first wanted language that there is, also where only the region differs: `de` for `de-AT`. */
export function bestLanguage(wanted: readonly (string | null | undefined)[]): string {
  for (const tag of wanted) {
    if (!tag) continue;
    if (tag === PSEUDO) return PSEUDO;
    const found = LANGUAGES.find(({ code }) => code === tag.toLowerCase() || code === tag.toLowerCase().split('-')[0]);
    if (found) return found.code;
  }
  return FALLBACK;
}
