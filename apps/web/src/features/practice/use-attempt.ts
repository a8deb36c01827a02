import { isApiProblem, NETWORK, type AppStore } from '@lyceum/api-client';
import { assessmentApi, type AttemptView, type QuizStanding } from '@lyceum/api-client/assessment';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { useStore } from 'react-redux';

// Milliseconds until a start that found no network is tried again, beside the moment when the browser has one.
const LATER = 10_000;

type Started = { data: AttemptView; error?: undefined } | { data?: undefined; error: unknown };

const starting = new WeakMap<AppStore, Map<string, Promise<Started>>>();

/** Starts an attempt, once for all who ask at the same time: a page that is mounted twice, or left and entered again. */
function startOnce(store: AppStore, quizId: string): Promise<Started> {
  const known = starting.get(store) ?? new Map<string, Promise<Started>>();
  starting.set(store, known);
  const running = known.get(quizId);
  if (running) return running;
  const start = store
    .dispatch(assessmentApi.endpoints.startAttempt.initiate({ quizId }))
    .then(({ data, error }): Started => (data ? { data } : { error }))
    .finally(() => known.delete(quizId));
  known.set(quizId, start);
  return start;
}

export interface UsedAttempt {
  /** The attempt under way, or the last one; null where there is none yet. */
  attemptId: string | null;
  /** What starting one was refused for, or failed by. */
  problem: unknown;
  isStarting: boolean;
  start: () => void;
}

/**
 * The attempt to show of a practice. Where there has never been one, it is started by itself if `isAutomatic` says so; only then, as an
 * attempt may be one of few. `isAutomatic` has to wait for what the server says now: a standing out of the cache may have missed one. So
 * may one that `isAsked` for again, as an attempt was started or answered since it was asked for.
 */
export function useAttempt({ id: quizId, running, latest, refusal }: QuizStanding, isAutomatic: boolean, isAsked: boolean): UsedAttempt {
  const store = useStore() as AppStore;
  const [begun, setBegun] = useState<string | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [isStarting, setStarting] = useState(false);
  const attemptId = begun ?? running ?? latest;
  const begin = useCallback(
    () =>
      startOnce(store, quizId).then(({ data, error }) => {
        setStarting(false);
        setProblem(error ?? null);
        if (data) setBegun(data.id);
      }),
    [quizId, store],
  );
  const start = useCallback(() => {
    setStarting(true);
    void begin();
  }, [begin]);
  const isWanted = isAutomatic && attemptId === null && refusal === null;
  // Not after a failure: the standing is asked for again after each, and would start the next one.
  const isDue = isWanted && !isAsked && problem === null;
  useEffect(() => {
    if (isDue) void begin();
  }, [begin, isDue]);
  useRetried(isWanted && isApiProblem(problem) && problem.code === NETWORK, start);
  return { attemptId, problem, isStarting, start };
}

/** Calls it again when there is a network, and now and then before: that the browser has one does not mean that the server answers. */
function useRetried(isLost: boolean, again: () => void): void {
  const retry = useEffectEvent(again);
  useEffect(() => {
    if (!isLost) return undefined;
    const back = () => retry();
    const timer = setInterval(back, LATER);
    globalThis.addEventListener('online', back);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener('online', back);
    };
  }, [isLost]);
}
