import { useTranslation } from '@lyceum/i18n';
import { Button, Checkbox, IconButton, Option, Select, Switch, TextField } from '@lyceum/ui';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';

import type { AcceptedNumber, AcceptedText, Numeric, ShortText } from './items';
import { MarkupField } from './MarkupField';

interface AcceptedProps<T> {
  courseId: string;
  item: T;
  onChange: (item: T) => void;
}

/** The numbers that are taken, with how far an answer may be from them. */
export function AcceptedNumbers({ courseId, item, onChange }: AcceptedProps<Numeric>) {
  const { t } = useTranslation('editor');
  const set = (at: number, answer: AcceptedNumber) => onChange({ ...item, accepted: item.accepted.map((one, index) => (index === at ? answer : one)) });
  const kinds = { value: t('question.number.value'), range: t('question.number.range') };
  const start = (kind: string, { credit, feedback }: AcceptedNumber): AcceptedNumber =>
    kind === 'range'
      ? { kind: 'range', low: '', high: '', low_closed: true, high_closed: true, credit, feedback }
      : { kind: 'value', value: '', tolerance: '0', percent: false, credit, feedback };
  return (
    <AnswerList<AcceptedNumber>
      courseId={courseId}
      accepted={item.accepted}
      onChange={(accepted) => onChange({ ...item, accepted })}
      onAdd={() => ({ kind: 'value', value: '', tolerance: '0', percent: false, credit: '1', feedback: '' })}
      draw={(answer, at) => (
        <>
          <Select label={t('question.number.kind')} value={answer.kind} onChange={(kind) => kind !== answer.kind && set(at, start(String(kind), answer))} className="w-40">
            {Object.entries(kinds).map(([kind, name]) => (
              <Option key={kind} id={kind}>
                {name}
              </Option>
            ))}
          </Select>
          {answer.kind === 'value' ? (
            <>
              <TextField label={t('question.number.is')} inputMode="decimal" value={answer.value} onChange={(value) => set(at, { ...answer, value })} className="w-32" />
              <TextField label={t('question.number.tolerance')} inputMode="decimal" value={answer.tolerance} onChange={(tolerance) => set(at, { ...answer, tolerance })} className="w-32" />
              <Checkbox isSelected={answer.percent} onChange={(percent) => set(at, { ...answer, percent })} className="self-end">
                {t('question.number.percent')}
              </Checkbox>
            </>
          ) : (
            <>
              <TextField label={t('question.number.low')} inputMode="decimal" value={answer.low} onChange={(low) => set(at, { ...answer, low })} className="w-32" />
              <TextField label={t('question.number.high')} inputMode="decimal" value={answer.high} onChange={(high) => set(at, { ...answer, high })} className="w-32" />
            </>
          )}
        </>
      )}
    />
  );
}

/** The words that are taken. */
export function AcceptedTexts({ courseId, item, onChange }: AcceptedProps<ShortText>) {
  const { t } = useTranslation('editor');
  const set = (at: number, answer: AcceptedText) => onChange({ ...item, accepted: item.accepted.map((one, index) => (index === at ? answer : one)) });
  const kinds = { text: t('question.words.text'), pattern: t('question.words.pattern') };
  const start = (kind: string, { credit, feedback }: AcceptedText): AcceptedText => (kind === 'pattern' ? { kind: 'pattern', pattern: '', credit, feedback } : { kind: 'text', text: '', credit, feedback });
  return (
    <>
      <AnswerList<AcceptedText>
        courseId={courseId}
        accepted={item.accepted}
        onChange={(accepted) => onChange({ ...item, accepted })}
        onAdd={() => ({ kind: 'text', text: '', credit: '1', feedback: '' })}
        draw={(answer, at) => (
          <>
            <Select label={t('question.number.kind')} value={answer.kind} onChange={(kind) => kind !== answer.kind && set(at, start(String(kind), answer))} className="w-52">
              {Object.entries(kinds).map(([kind, name]) => (
                <Option key={kind} id={kind}>
                  {name}
                </Option>
              ))}
            </Select>
            {answer.kind === 'text' ? (
              <TextField label={t('question.words.is')} value={answer.text} onChange={(text) => set(at, { ...answer, text })} className="min-w-48 grow" />
            ) : (
              <TextField label={t('question.words.regex')} value={answer.pattern} onChange={(pattern) => set(at, { ...answer, pattern })} className="min-w-48 grow" />
            )}
          </>
        )}
      />
      <Switch isSelected={item.case_sensitive} onChange={(sensitive) => onChange({ ...item, case_sensitive: sensitive })}>
        {t('question.words.case')}
      </Switch>
    </>
  );
}

interface AnswerListProps<A extends { credit: string; feedback: string }> {
  courseId: string;
  accepted: A[];
  onChange: (accepted: A[]) => void;
  onAdd: () => A;
  draw: (answer: A, at: number) => ReactNode;
}

function AnswerList<A extends { credit: string; feedback: string }>({ courseId, accepted, onChange, onAdd, draw }: AnswerListProps<A>) {
  const { t } = useTranslation('editor');
  const set = (at: number, changes: Partial<A>) => onChange(accepted.map((one, index) => (index === at ? { ...one, ...changes } : one)));
  return (
    <div className="flex flex-col items-start gap-4">
      <ol className="flex w-full flex-col gap-4">
        {accepted.map((answer, at) => (
          <li key={at} className="flex items-start gap-2 rounded-md border border-line bg-surface p-4">
            <div className="flex min-w-0 grow flex-col gap-3">
              <div className="flex flex-wrap items-start gap-3">{draw(answer, at)}</div>
              <TextField label={t('question.earns')} description={t('question.earns-note')} value={answer.credit} onChange={(credit) => set(at, { credit } as Partial<A>)} className="max-w-52" />
              <MarkupField courseId={courseId} label={t('question.answer-feedback', { number: at + 1 })} html={answer.feedback} onChange={(feedback) => set(at, { feedback } as Partial<A>)} isLine />
            </div>
            <IconButton label={t('question.remove-answer', { number: at + 1 })} isDisabled={accepted.length <= 1} onPress={() => onChange(accepted.filter((_, index) => index !== at))}>
              <X size={18} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <Button icon={<Plus size={18} aria-hidden />} onPress={() => onChange([...accepted, onAdd()])}>
        {t('question.add-answer')}
      </Button>
    </div>
  );
}
