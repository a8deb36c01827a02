import { useWatchedProgress } from '@lyceum/api-client/live/progress';
import { useGetProgressOutlineQuery, type ProgressOutline } from '@lyceum/api-client/progress';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

// Milliseconds between questions while nothing happens, and after something that may have changed the progress. While everything is
// told they are only for a platform whose worker has nobody to tell it through.
const ASKING = { pause: 30_000, soon: [800, 3000] };
const LIVE = { pause: 300_000, soon: [5000] };

export interface LiveProgress {
  outline: ProgressOutline | null;
  /** Something may have changed it: look soon, unless it is told before. */
  ask: () => void;
}

/** How far the learner is, kept up to date: by what is told, and where nothing is, by asking soon after what the learner does. */
export function useLiveProgress(courseId: string): LiveProgress {
  const [{ pause, soon }, setManner] = useState(ASKING);
  const { currentData, refetch } = useGetProgressOutlineQuery({ courseId }, { pollingInterval: pause, skipPollingIfUnfocused: true });
  const timers = useRef<ReturnType<typeof setTimeout>[]>([]);
  const stop = useCallback(() => {
    timers.current.forEach(clearTimeout);
  }, []);
  useEffect(() => stop, [stop]);
  const isLive = useWatchedProgress(useMemo(() => [courseId], [courseId]), { onChanged: stop });
  const wanted = isLive ? LIVE : ASKING;
  if (wanted.pause !== pause) setManner(wanted);
  const ask = useCallback(() => {
    stop();
    timers.current = soon.map((after) => setTimeout(() => void refetch(), after));
  }, [refetch, soon, stop]);
  return { outline: currentData ?? null, ask };
}
