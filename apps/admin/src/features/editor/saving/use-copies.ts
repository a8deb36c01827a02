import { useCallback, useState } from 'react';

import { copyToOffer, forgetAside, forgetCopy, keepCopy, putAside, type LocalCopy } from './local-copy';

export interface Copies<T> {
  /** A copy that lies aside, to be taken back or thrown away. */
  offered: LocalCopy<T> | null;
  keep: (value: T, base: number) => void;
  /** The server has it. */
  saved: () => void;
  setAside: (value: T, base: number) => void;
  throwAway: () => void;
}

/** The copies on this device of one thing that is edited; `stored` is what the server had when it was opened. */
export function useCopies<T>(key: string, stored: T): Copies<T> {
  const [offered, setOffered] = useState<LocalCopy<T> | null>(() => copyToOffer(key, stored));
  const keep = useCallback((value: T, base: number) => keepCopy(key, { value, base, at: new Date().toISOString() }), [key]);
  const saved = useCallback(() => forgetCopy(key), [key]);
  const setAside = useCallback(
    (value: T, base: number) => {
      const copy = { value, base, at: new Date().toISOString() };
      putAside(key, copy);
      setOffered(copy);
    },
    [key],
  );
  const throwAway = useCallback(() => {
    forgetAside(key);
    setOffered(null);
  }, [key]);
  return { offered, keep, saved, setAside, throwAway };
}
