import type { CatalogueFilter } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { SearchField, Skeleton } from '@lyceum/ui';
import { lazy, Suspense, useEffect, useState } from 'react';

const LanguageFilter = lazy(async () => ({ default: (await import('./LanguageFilter')).LanguageFilter }));

// Milliseconds without a key until the catalogue is asked.
const PAUSE = 300;

export interface FiltersProps {
  filter: CatalogueFilter;
  onChange: (changed: { q?: string | undefined; language?: string | undefined }) => void;
}

/** What to search for, and in which language. */
export function Filters({ filter, onChange }: FiltersProps) {
  return (
    <form role="search" className="mb-8 flex flex-wrap items-end gap-4" onSubmit={(event) => event.preventDefault()}>
      <SearchText text={filter.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      <Suspense fallback={<Skeleton className="h-11 w-full rounded-md sm:w-56" />}>
        <LanguageFilter language={filter.language ?? undefined} onChange={(language) => onChange({ language })} />
      </Suspense>
    </form>
  );
}

function SearchText({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const { t } = useTranslation('catalog');
  const [typed, setTyped] = useState(text);
  const [known, setKnown] = useState(text);
  if (text !== known) {
    // The address changed from elsewhere, by Back say, or it follows what was typed.
    setKnown(text);
    if (text !== typed.trim()) setTyped(text);
  }
  useEffect(() => {
    if (typed.trim() === text) return undefined;
    const timer = setTimeout(() => onChange(typed.trim()), PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <SearchField
      label={t('search')}
      placeholder={t('search')}
      value={typed}
      onChange={setTyped}
      onSubmit={(value) => onChange(value.trim())}
      onClear={() => onChange('')}
      className="min-w-56 grow"
    />
  );
}
