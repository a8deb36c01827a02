import type { CatalogueFilter } from '@lyceum/api-client/course';
import { LANGUAGES, useFormatting, useTranslation } from '@lyceum/i18n';
import { Option, SearchField, Select } from '@lyceum/ui';
import { useEffect, useState } from 'react';

// Milliseconds without a key until the catalogue is asked.
const PAUSE = 300;
const ALL = 'all';

export interface FiltersProps {
  filter: CatalogueFilter;
  onChange: (changed: { q?: string | undefined; language?: string | undefined }) => void;
}

/** What to search for, and in which language. */
export function Filters({ filter, onChange }: FiltersProps) {
  const { t } = useTranslation('catalog');
  const format = useFormatting();
  const chosen = filter.language ?? ALL;
  const languages = [...new Set([...LANGUAGES.map(({ code }) => code), ...(filter.language ? [filter.language] : [])])];
  return (
    <form role="search" className="mb-8 flex flex-wrap items-end gap-4" onSubmit={(event) => event.preventDefault()}>
      <SearchText text={filter.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      <Select
        label={t('language')}
        hideLabel
        value={chosen}
        onChange={(key) => onChange({ language: key === null || key === ALL ? undefined : String(key) })}
        className="w-full sm:w-56"
      >
        <Option id={ALL}>{t('all-languages')}</Option>
        {languages.map((code) => (
          <Option key={code} id={code}>
            {format.languageName(code)}
          </Option>
        ))}
      </Select>
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
