import type { CatalogueFilter } from '@lyceum/api-client/course';
import { useSearchParams } from 'react-router';

const NAMES = ['q', 'language', 'organisation'] as const;

/** What the catalogue is narrowed to, as the address says it. A change replaces the address: Back leaves the catalogue. */
export function useCatalogueFilter() {
  const [query, setQuery] = useSearchParams();
  const filter: CatalogueFilter = Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = query.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const change = (changed: Partial<Record<(typeof NAMES)[number], string | undefined>>) => {
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  const clear = () => change({ q: undefined, language: undefined, organisation: undefined });
  return { filter, change, clear };
}
