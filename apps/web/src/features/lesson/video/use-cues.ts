import { useEffect, useState } from 'react';

import { cuesOf, type Cue } from './cues';

/** The cues of a captions file; none while it is on its way. */
export function useCues(address: string | undefined): { cues: readonly Cue[]; hasFailed: boolean } {
  const [loaded, setLoaded] = useState<{ address: string; cues: readonly Cue[]; hasFailed: boolean } | null>(null);
  useEffect(() => {
    if (address === undefined) return undefined;
    const leaving = new AbortController();
    fetch(new URL(address, globalThis.location.origin), { signal: leaving.signal })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.statusText))))
      .then(
        (file) => setLoaded({ address, cues: cuesOf(file), hasFailed: false }),
        () => {
          if (!leaving.signal.aborted) setLoaded({ address, cues: [], hasFailed: true });
        },
      );
    return () => leaving.abort();
  }, [address]);
  return loaded && loaded.address === address ? loaded : { cues: [], hasFailed: false };
}
