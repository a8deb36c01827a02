import { isApiProblem } from '@lyceum/api-client';
import { useSaveAnswerMutation, type AttemptView } from '@lyceum/api-client/assessment';
import { useOnline } from '@lyceum/ui';
import type { AnswerValue } from '@lyceum/ui/questions';
import { useCallback, useEffect, useRef, useState } from 'react';

import { useStamps, valueOf } from '../questions';
import { keepAnswers, keptAnswers, type KeptAnswer, type Response } from './kept-answers';

// Milliseconds without a key until an answer is sent, and until one that got lost is sent again.
const PAUSE = 600;
const LATER = 5000;
// The attempt ended meanwhile: nothing is taken any more.
const ENDED = new Set(['assessment.attempt-closed', 'assessment.attempt-expired']);

type SaveState = 'saved' | 'saving' | 'lost';

/**
 * The answers of an attempt, each saved by itself. What could not be sent stays on this device and is tried again, after a reload
 * too; the number of each message tells the server which is the latest, so sending one twice, or late, does no harm.
 */
export function useAutosave(attempt: AttemptView, onEnd: () => void) {
  const [left] = useState(() => keptAnswers(attempt));
  const [values, setValues] = useState<Record<string, AnswerValue>>(() => ({
    ...Object.fromEntries(attempt.sections.flatMap(({ slots }) => slots.map((slot) => [slot.slot, valueOf(slot)]))),
    ...Object.fromEntries([...left].map(([slot, { value }]) => [slot, value])),
  }));
  const [state, setState] = useState<SaveState>(left.size > 0 ? 'saving' : 'saved');
  const [problem, setProblem] = useState<unknown>(null);
  const waiting = useRef(new Map(left));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean>>(undefined);
  const { see, next } = useStamps();
  const [save] = useSaveAnswerMutation();
  const isOnline = useOnline();
  useEffect(() => see(Math.max(attempt.clock, ...[...left.values()].map(({ stamp }) => stamp.seq))), [attempt.clock, left, see]);

  const sendAll = useCallback(async (): Promise<boolean> => {
    for (let entry = first(waiting.current); entry; entry = first(waiting.current)) {
      const [slot, answer] = entry;
      setState('saving');
      const { data, error } = await save({ attemptId: attempt.id, slot, answerRequest: { ...answer.stamp, response: answer.response } });
      const isEnded = isApiProblem(error) && ENDED.has(error.code);
      if (data || isEnded) {
        // An answer that was given meanwhile is newer than the one that was sent.
        if (isEnded) waiting.current.clear();
        else if (waiting.current.get(slot) === answer) waiting.current.delete(slot);
        keepAnswers(attempt.id, waiting.current);
        if (data) see(data.clock);
        if (!isEnded) continue;
        onEnd();
        return false;
      }
      setProblem(error);
      setState('lost');
      return false;
    }
    setProblem(null);
    setState('saved');
    return true;
  }, [attempt.id, onEnd, save, see]);

  const settle = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current = (running.current ?? Promise.resolve(true)).then(sendAll);
    return running.current;
  }, [sendAll]);

  const change = (slot: string, value: AnswerValue, response: Response) => {
    setValues((before) => ({ ...before, [slot]: value }));
    waiting.current.set(slot, { value, response, stamp: next() });
    keepAnswers(attempt.id, waiting.current);
    setState('saving');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void settle(), PAUSE);
  };

  // What got lost goes out after a while, or when there is a network again; what an earlier visit left behind, at once.
  useEffect(() => {
    if (state !== 'lost') return undefined;
    const again = setTimeout(() => void settle(), LATER);
    return () => clearTimeout(again);
  }, [settle, state, problem]);
  useEffect(() => {
    if (isOnline && waiting.current.size > 0) void settle();
  }, [isOnline, settle]);
  // What was typed last goes out also when the page is left by a link.
  useEffect(() => () => void settle(), [settle]);
  return { values, change, state, problem, settle, retry: () => void settle() };
}

function first(waiting: Map<string, KeptAnswer>): [string, KeptAnswer] | undefined {
  return waiting.entries().next().value;
}
