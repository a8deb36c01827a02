import { useSearchParams } from 'react-router';

import { toMoment } from './moments';

export interface UrlFilter<Name extends string> {
  /** What stands in the address; empty where nothing does. */
  values: Record<Name, string>;
  /** Those that say something, as the API takes them. */
  asked: Partial<Record<Name, string>>;
  /** Whether anything is left out of the list. */
  isNarrowed: boolean;
  /** Empty takes the filter away. */
  change: (name: Name, value: string) => void;
  clear: () => void;
  /** The query of an address that narrows further. */
  narrowed: (name: Name, value: string) => string;
}

/** What a list is narrowed to stands in the address, so that it can be sent to somebody. */
export function useUrlFilter<Name extends string>(names: readonly Name[]): UrlFilter<Name> {
  const [params, setParams] = useSearchParams();
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<Name, string>;
  return {
    values,
    asked: asked(values),
    isNarrowed: names.some((name) => values[name] !== ''),
    change: (name, value) => setParams((before) => changed(before, name, value), { replace: true }),
    clear: () => setParams((before) => names.reduce((after, name) => changed(after, name, ''), before), { replace: true }),
    narrowed: (name, value) => changed(params, name, value).toString(),
  };
}

// What stands for a moment, in every list that has one.
const MOMENTS: ReadonlySet<string> = new Set(['since', 'until']);

function asked<Name extends string>(values: Record<Name, string>): Partial<Record<Name, string>> {
  const given = Object.entries<string>(values).map(([name, value]) => [name, MOMENTS.has(name) ? toMoment(value) : value] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== '')) as Partial<Record<Name, string>>;
}

function changed(before: URLSearchParams, name: string, value: string): URLSearchParams {
  const after = new URLSearchParams(before);
  if (value === '') after.delete(name);
  else after.set(name, value);
  return after;
}
