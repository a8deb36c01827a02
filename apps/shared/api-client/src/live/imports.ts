import { useState } from 'react';
import * as z from 'zod/mini';

import { useGetImportQuery, type ImportView } from '../course';
import { useLiveTopics } from './use-live-topics';

// `ImportMoved` and `ImportEnded` of course, as far as they are used here.
const importMoved = z.object({ import_id: z.string(), stage: z.string(), done: z.number(), total: z.number() });

// Milliseconds between questions: while nothing is told, and while it is (a worker may have nobody to tell it through).
const POLL = 2000;
const LOOK = 15_000;

export interface ImportProgress {
  /** The import as it was read last; undefined while it is on its way. */
  job: ImportView | undefined;
  /** How far it is within its stage: what was told last, or what was read. Null before it has begun and after its end. */
  moved: { stage: string; done: number | null; total: number | null } | null;
  error: unknown;
  isFetching: boolean;
  refetch: () => void;
  /** Whether each step is told as it happens. Otherwise the API is asked every two seconds. */
  isLive: boolean;
}

/** Watches an import from its queue to its report; null watches nothing. */
export function useImportProgress(importId: string | null): ImportProgress {
  const [told, setTold] = useState<z.infer<typeof importMoved> | null>(null);
  const [isOver, setOver] = useState(false);
  const [pause, setPause] = useState(POLL);
  const { currentData: job, error, isFetching, refetch, isUninitialized } = useGetImportQuery({ importId: importId ?? '' }, { skip: importId === null, pollingInterval: isOver ? 0 : pause });
  const hasEnded = job !== undefined && job.finished_at !== null;
  if (hasEnded !== isOver) setOver(hasEnded);
  const again = () => {
    if (!isUninitialized) void refetch();
  };
  const isLive = useLiveTopics(importId === null || hasEnded ? [] : [`imports/${importId}`], {
    onEvent: (_topic, type, data) => {
      const moved = importMoved.safeParse(data);
      if (type === 'import.moved' && moved.success) setTold(moved.data);
      else if (type === 'import.ended') again();
    },
    onReload: again,
  });
  const wanted = isLive ? LOOK : POLL;
  if (pause !== wanted) setPause(wanted);
  const isOfThis = told !== null && told.import_id === importId;
  const moved = job === undefined || hasEnded ? null : isOfThis ? told : job.progress;
  return { job, moved, error, isFetching, refetch: again, isLive };
}
