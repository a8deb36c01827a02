import { useCallback, useRef } from 'react';

export interface Stamp {
  client_id: string;
  seq: number;
}

// One per browser tab and load: it decides between acts of two tabs that did not know of each other.
const CLIENT = crypto.randomUUID();

/**
 * Numbers for the answers of one attempt, each greater than every one sent or seen: a Lamport clock, so that retries and
 * replies out of order can't bring an older answer back. Tell it the `clock` of every reply.
 */
export function useStamps() {
  const last = useRef(0);
  const see = useCallback((clock: number) => {
    last.current = Math.max(last.current, clock);
  }, []);
  const next = useCallback((): Stamp => {
    last.current += 1;
    return { client_id: CLIENT, seq: last.current };
  }, []);
  return { see, next };
}
