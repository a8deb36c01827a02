import { isApiProblem, NETWORK } from '@lyceum/api-client';
import { useCheckAnswerMutation, useLazyGetAttemptQuery, useTakeHintMutation, type AttemptView, type SlotView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Button, Notice, RichText } from '@lyceum/ui';
import { isBlank, Question, Review, toResponse, type AnswerValue } from '@lyceum/ui/questions';
import { Lightbulb } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';

import { keep, kept } from '../kept';
import { ProblemNotice } from '../problem-notice';
import { useStamps, valueOf } from '../questions';

// Something was settled elsewhere meanwhile, in another tab perhaps: what the server has is shown then.
const ELSEWHERE = new Set(['assessment.attempt-closed', 'assessment.attempt-expired', 'assessment.slot-settled']);

export interface PracticeProps {
  attempt: AttemptView;
  /** The learner asked for it just now: the focus was on a button that is gone. */
  takesFocus: boolean;
  onProgress: () => void;
  /** What to do after its end. */
  children: ReactNode;
}

/** The questions of a practice attempt, each checked by itself. */
export function Practice({ attempt: first, takesFocus, onProgress, children }: PracticeProps) {
  const [attempt, setAttempt] = useState(first);
  const { see, next } = useStamps();
  useEffect(() => see(attempt.clock), [attempt.clock, see]);
  const [check] = useCheckAnswerMutation();
  const [look] = useLazyGetAttemptQuery();
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) frame.current?.focus();
  }, [takesFocus]);
  const isOver = attempt.state !== 'in_progress';
  const checkSlot = async (slot: SlotView, response: Record<string, unknown>) => {
    const answered = await check({ attemptId: attempt.id, slot: slot.slot, answerRequest: { ...next(), response } });
    if (answered.error) {
      if (!isApiProblem(answered.error) || !ELSEWHERE.has(answered.error.code)) return answered.error;
      const { data, error } = await look({ attemptId: attempt.id });
      if (!data) return error;
      setAttempt(data);
      return null;
    }
    setAttempt(answered.data);
    onProgress();
    return null;
  };
  return (
    <div ref={frame} tabIndex={-1} className="flex flex-col gap-8 outline-none">
      {attempt.sections.map((section, index) => (
        <div key={index} className="flex flex-col gap-8 [&>form+form]:border-t [&>form+form]:border-line [&>form+form]:pt-8">
          {section.introduction !== '' && <RichText html={section.introduction} />}
          {section.slots.map((slot) => (
            <PracticeQuestion key={slot.slot} attemptId={attempt.id} slot={slot} isOver={isOver} onCheck={(response) => checkSlot(slot, response)} />
          ))}
        </div>
      ))}
      {isOver && <div className="flex flex-col items-start gap-4">{children}</div>}
    </div>
  );
}

interface PracticeQuestionProps {
  attemptId: string;
  slot: SlotView;
  isOver: boolean;
  onCheck: (response: Record<string, unknown>) => Promise<unknown>;
}

function PracticeQuestion({ attemptId, slot, isOver, onCheck }: PracticeQuestionProps) {
  const { t } = useTranslation('practice');
  const draft = `draft.${attemptId}.${slot.slot}`;
  const [value, setValue] = useState(() => draftOf(draft, slot));
  const [isChecking, setChecking] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [isMissing, setMissing] = useState(false);
  const isSettled = slot.settled || isOver;
  const send = async () => {
    const response = toResponse(slot.item.type, value);
    setMissing(response === null);
    if (response === null) return;
    setChecking(true);
    const refused = await onCheck(response);
    setProblem(refused);
    setChecking(false);
    if (refused === null) keep(draft, null);
  };
  const change = (changed: AnswerValue) => {
    setValue(changed);
    keep(draft, changed);
  };
  // An answer that could not be sent for want of a network goes out when there is one again.
  const sendAgain = useEffectEvent(() => {
    if (isApiProblem(problem) && problem.code === NETWORK) void send();
  });
  useEffect(() => {
    const back = () => sendAgain();
    globalThis.addEventListener('online', back);
    return () => globalThis.removeEventListener('online', back);
  }, []);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Question item={slot.item} value={isSettled ? valueOf(slot) : value} onChange={change} isReadOnly={isSettled} />
      {isMissing && isBlank(value) && <Notice tone="warn">{t('missing')}</Notice>}
      {problem !== null && <ProblemNotice problem={problem} texts={{ [NETWORK]: t('kept') }} />}
      {slot.item.review && <Review review={slot.item.review} options={slot.item.options} />}
      {!isSettled && (
        <div className="flex flex-wrap items-center gap-3">
          <Button type="submit" variant="primary" isPending={isChecking}>
            {t('check')}
          </Button>
          {slot.checks_left !== null && <p className="text-sm text-ink-2">{t('checks-left', { count: slot.checks_left })}</p>}
        </div>
      )}
      <Hints attemptId={attemptId} slot={slot} canAsk={!isSettled} />
    </form>
  );
}

/** What was written here and not checked yet, or else what the server has. */
function draftOf(name: string, slot: SlotView): AnswerValue {
  const value = kept(name);
  const isMany = slot.item.type === 'multiple_choice';
  if (!slot.settled && isMany && Array.isArray(value)) return value.map(String);
  return !slot.settled && !isMany && typeof value === 'string' ? value : valueOf(slot);
}

function Hints({ attemptId, slot, canAsk }: { attemptId: string; slot: SlotView; canAsk: boolean }) {
  const { t } = useTranslation('practice');
  const [hints, setHints] = useState(slot.item.hints ?? []);
  const [take, { error, isLoading }] = useTakeHintMutation();
  const count = slot.item.hint_count ?? 0;
  if (count === 0) return null;
  const ask = async () => {
    const taken = await take({ attemptId, slot: slot.slot, hintRequest: { number: hints.length + 1 } });
    if (taken.data) setHints(taken.data.hints);
  };
  return (
    <div className="flex flex-col items-start gap-3">
      <ol aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {hints.map((html, index) => (
          <li key={index} className="flex gap-3 text-ink-2">
            <Lightbulb size={18} aria-hidden className="mt-1 shrink-0 text-accent" />
            <RichText html={html} />
          </li>
        ))}
      </ol>
      {error && <ProblemNotice problem={error} />}
      {canAsk && hints.length < count && (
        <Button variant="quiet" icon={<Lightbulb size={18} aria-hidden />} isPending={isLoading} onPress={() => void ask()}>
          {t('hint', { number: hints.length + 1, count })}
        </Button>
      )}
    </div>
  );
}
