import { useSubmitAttemptMutation, type AttemptView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, Button, Card, Notice, RichText } from '@lyceum/ui';
import { Flag } from 'lucide-react';
import { useState } from 'react';

import { ProblemNotice } from '../problem-notice';
import { isBlank, Question, toResponse } from '../questions';
import { Countdown } from './Countdown';
import { Palette } from './Palette';
import { useAutosave } from './use-autosave';
import { useMarks } from './use-marks';

export interface RunningProps {
  attempt: AttemptView;
  /** The attempt ended, by hand or by the clock. */
  onEnd: () => void;
  onOpen: (attempt: string) => void;
}

/** An attempt under way: one question at a time, every answer saved as it is given. */
export function Running({ attempt, onEnd, onOpen }: RunningProps) {
  const { t } = useTranslation('quiz');
  const slots = attempt.sections.flatMap((section) => section.slots.map((slot) => ({ slot, section })));
  const { values, change, state, problem, settle, retry } = useAutosave(attempt, onEnd);
  const { marked, toggle } = useMarks(attempt.id);
  const [at, setAt] = useState(0);
  const [isAsking, setAsking] = useState(false);
  const [submit, { error, isLoading }] = useSubmitAttemptMutation();
  const current = slots[at];
  const places = slots.map(({ slot }) => ({ slot: slot.slot, isAnswered: !isBlank(values[slot.slot] ?? ''), isMarked: marked.has(slot.slot) }));
  const open = places.filter(({ isAnswered }) => !isAnswered).length;
  const finish = async (close: () => void) => {
    // What was typed last has to be there before the attempt is closed.
    if (!(await settle())) return;
    const done = await submit({ attemptId: attempt.id });
    if (!done.data) return;
    close();
    onOpen(attempt.id);
  };
  if (!current) return <Notice>{t('no-questions')}</Notice>;
  const { slot, section } = current;
  return (
    <div className="flex flex-col gap-6">
      <div className="sticky top-16 z-10 -mx-4 -my-2 flex min-h-15 flex-wrap items-center justify-between gap-4 bg-surface/95 px-4 py-2 backdrop-blur-sm">
        {attempt.expires_at === null ? <span /> : <Countdown until={attempt.expires_at} onEnd={onEnd} />}
        <p role="status" className="text-sm text-ink-2">
          {state === 'saved' ? t('state.saved') : state === 'saving' ? t('state.saving') : t('state.lost')}
        </p>
      </div>
      {problem !== null && (
        <div className="flex flex-col items-start gap-3">
          <ProblemNotice problem={problem} />
          <Button onPress={retry}>{t('save-again')}</Button>
        </div>
      )}
      <Palette places={places} current={at} onOpen={setAt} />
      <Card as="section" className="flex flex-col gap-5 p-5 sm:p-8">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-sans text-sm font-semibold text-ink-2">{t('question', { number: at + 1, of: slots.length })}</h2>
          <Button variant="quiet" aria-pressed={marked.has(slot.slot)} icon={<Flag size={18} aria-hidden className={marked.has(slot.slot) ? 'fill-warn text-warn' : undefined} />} onPress={() => toggle(slot.slot)}>
            {marked.has(slot.slot) ? t('marked') : t('mark')}
          </Button>
        </div>
        {section.introduction !== '' && <RichText html={section.introduction} />}
        <Question key={slot.slot} item={slot.item} value={values[slot.slot] ?? ''} onChange={(value) => change(slot.slot, value, toResponse(slot.item.type, value))} />
      </Card>
      <div className="flex flex-wrap justify-between gap-3">
        <Button isDisabled={at === 0} onPress={() => setAt(at - 1)}>
          {t('previous')}
        </Button>
        {at < slots.length - 1 ? (
          <Button variant="primary" onPress={() => setAt(at + 1)}>
            {t('next')}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => setAsking(true)}>
            {t('finish')}
          </Button>
        )}
      </div>
      <AlertDialog title={t('confirm.title')} action={t('confirm.action')} isOpen={isAsking} onOpenChange={setAsking} isPending={isLoading} onAction={(close) => void finish(close)}>
        <p>{open === 0 ? t('confirm.all') : t('confirm.open', { count: open })}</p>
        {error && <ProblemNotice problem={error} />}
      </AlertDialog>
    </div>
  );
}
