import type { Language } from '@lyceum/i18n';
import { lazy, Suspense } from 'react';

const LanguageMenu = lazy(async () => ({ default: (await import('./LanguageMenu')).LanguageMenu }));
const ThemeToggle = lazy(async () => ({ default: (await import('./ThemeToggle')).ThemeToggle }));

/** Language and theme, for the end of the header. Their menus come after the first paint; until then they keep their place. */
export function Preferences({ moreLanguages = [] }: { moreLanguages?: readonly Language[] }) {
  return (
    <Suspense fallback={<span className="h-11 w-23" />}>
      <LanguageMenu more={moreLanguages} />
      <ThemeToggle />
    </Suspense>
  );
}
