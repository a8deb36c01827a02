import { isApiProblem } from '@lyceum/api-client';
import { useSaveAnswerMutation, type AttemptView } from '@lyceum/api-client/assessment';
import { useCallback, useEffect, useRef, useState } from 'react';

import { useStamps, valueOf, type AnswerValue } from '../questions';

// Milliseconds without a key until an answer is sent, and until one that got lost is sent again.
const PAUSE = 600;
const LATER = 5000;
// The attempt ended meanwhile: nothing is taken any more.
const ENDED = new Set(['assessment.attempt-closed', 'assessment.attempt-expired']);

type Response = Record<string, unknown> | null;
type SaveState = 'saved' | 'saving' | 'lost';

/**
 * The answers of an attempt, each saved by itself. What could not be sent stays in the queue and is tried again; the number
 * of each message tells the server which is the latest, so sending one twice does no harm.
 */
export function useAutosave(attempt: AttemptView, onEnd: () => void) {
  const [values, setValues] = useState<Record<string, AnswerValue>>(() =>
    Object.fromEntries(attempt.sections.flatMap(({ slots }) => slots.map((slot) => [slot.slot, valueOf(slot)]))),
  );
  const [state, setState] = useState<SaveState>('saved');
  const [problem, setProblem] = useState<unknown>(null);
  const waiting = useRef(new Map<string, Response>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean>>(undefined);
  const { see, next } = useStamps();
  const [save] = useSaveAnswerMutation();
  useEffect(() => see(attempt.clock), [attempt.clock, see]);

  const sendAll = useCallback(async (): Promise<boolean> => {
    for (let entry = first(waiting.current); entry; entry = first(waiting.current)) {
      const [slot, response] = entry;
      waiting.current.delete(slot);
      setState('saving');
      const { data, error } = await save({ attemptId: attempt.id, slot, answerRequest: { ...next(), response } });
      if (data) {
        see(data.clock);
        continue;
      }
      if (isApiProblem(error) && ENDED.has(error.code)) {
        onEnd();
        return false;
      }
      // An answer that was given meanwhile is newer than the one that got lost.
      if (!waiting.current.has(slot)) waiting.current.set(slot, response);
      setProblem(error);
      setState('lost');
      return false;
    }
    setProblem(null);
    setState('saved');
    return true;
  }, [attempt.id, next, onEnd, save, see]);

  const settle = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current = (running.current ?? Promise.resolve(true)).then(sendAll);
    return running.current;
  }, [sendAll]);

  const change = (slot: string, value: AnswerValue, response: Response) => {
    setValues((before) => ({ ...before, [slot]: value }));
    waiting.current.set(slot, response);
    setState('saving');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void settle(), PAUSE);
  };

  useEffect(() => {
    if (state !== 'lost') return undefined;
    const again = setTimeout(() => void settle(), LATER);
    return () => clearTimeout(again);
  }, [settle, state, problem]);
  // What was typed last goes out also when the page is left by a link.
  useEffect(() => () => void settle(), [settle]);
  return { values, change, state, problem, settle, retry: () => void settle() };
}

function first(waiting: Map<string, Response>): [string, Response] | undefined {
  return waiting.entries().next().value;
}
