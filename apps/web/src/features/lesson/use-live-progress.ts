import { useGetProgressOutlineQuery, type ProgressOutline } from '@lyceum/api-client/progress';
import { useCallback, useEffect, useRef } from 'react';

// Milliseconds: between questions while nothing happens, and after something that may have changed the progress.
const PAUSE = 30_000;
const SOON = [800, 3000];

export interface LiveProgress {
  outline: ProgressOutline | null;
  /** Something may have changed it: look soon. */
  ask: () => void;
}

/**
 * How far the learner is, kept up to date. Where the news come from is known only here: today the server is asked, soon after
 * what the learner does (progress follows by event), and now and then.
 */
export function useLiveProgress(courseId: string): LiveProgress {
  const { currentData, refetch } = useGetProgressOutlineQuery({ courseId }, { pollingInterval: PAUSE, skipPollingIfUnfocused: true });
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const stop = useCallback(() => {
    timers.current.forEach(clearTimeout);
  }, []);
  useEffect(() => stop, [stop]);
  const ask = useCallback(() => {
    stop();
    timers.current = SOON.map((pause) => setTimeout(() => void refetch(), pause));
  }, [refetch, stop]);
  return { outline: currentData ?? null, ask };
}
