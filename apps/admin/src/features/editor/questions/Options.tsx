import { useTranslation } from '@lyceum/i18n';
import { Button, Checkbox, IconButton, Option, Select, Switch, TextField } from '@lyceum/ui';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';

import { creditedOption, tickedOption, type MultipleChoice, type OneOfMany } from './items';
import { MarkupField } from './MarkupField';

interface OptionsProps<T> {
  courseId: string;
  item: T;
  onChange: (item: T) => void;
}

/** The options of a question with one answer, and what each earns. */
export function CreditedOptions({ courseId, item, onChange }: OptionsProps<OneOfMany>) {
  const { t } = useTranslation('editor');
  const set = (id: string, changes: Partial<OneOfMany['options'][number]>) =>
    onChange({ ...item, options: item.options.map((option) => (option.id === id ? { ...option, ...changes } : option)) });
  const credits = [...new Set(['1', '1/2', '0', ...item.options.map(({ credit }) => credit)])];
  const words: Record<string, string> = { '1': t('question.right'), '1/2': t('question.half'), '0': t('question.wrong') };
  return (
    <OptionList
      options={item.options}
      isShuffled={item.shuffle}
      onOptions={(options) => onChange({ ...item, options })}
      onShuffle={(shuffle) => onChange({ ...item, shuffle })}
      onAdd={() => onChange({ ...item, options: [...item.options, creditedOption(false)] })}
      draw={(option, number) => (
        <>
          {item.type === 'dropdown' ? (
            <TextField label={t('question.option', { number })} value={option.content} onChange={(content) => set(option.id, { content })} />
          ) : (
            <MarkupField courseId={courseId} label={t('question.option', { number })} html={option.content} onChange={(content) => set(option.id, { content })} isLine />
          )}
          <Select label={t('question.credit', { number })} value={option.credit} onChange={(key) => key !== null && set(option.id, { credit: String(key) })} className="max-w-52">
            {credits.map((credit) => (
              <Option key={credit} id={credit}>
                {words[credit] ?? t('question.share', { share: credit })}
              </Option>
            ))}
          </Select>
          <MarkupField courseId={courseId} label={t('question.option-feedback', { number })} html={option.feedback} onChange={(feedback) => set(option.id, { feedback })} isLine />
        </>
      )}
    />
  );
}

/** The options of a question with several answers, right to tick or right to leave. */
export function TickedOptions({ courseId, item, onChange }: OptionsProps<MultipleChoice>) {
  const { t } = useTranslation('editor');
  const set = (id: string, changes: Partial<MultipleChoice['options'][number]>) =>
    onChange({ ...item, options: item.options.map((option) => (option.id === id ? { ...option, ...changes } : option)) });
  const rules = { all_or_nothing: t('question.rule.all'), every_decision: t('question.rule.every'), halves: t('question.rule.halves'), per_right_option: t('question.rule.per-right') } as const;
  const choose = (rule: string) => {
    if (rule === 'per_right_option') onChange({ ...item, credit: { rule, deduction: '1' } });
    else if (rule === 'all_or_nothing' || rule === 'every_decision' || rule === 'halves') onChange({ ...item, credit: { rule } });
  };
  return (
    <>
      <OptionList
        options={item.options}
        isShuffled={item.shuffle}
        onOptions={(options) => onChange({ ...item, options })}
        onShuffle={(shuffle) => onChange({ ...item, shuffle })}
        onAdd={() => onChange({ ...item, options: [...item.options, tickedOption(false)] })}
        draw={(option, number) => (
          <>
            <MarkupField courseId={courseId} label={t('question.option', { number })} html={option.content} onChange={(content) => set(option.id, { content })} isLine />
            <Checkbox isSelected={option.right} onChange={(right) => set(option.id, { right })}>
              {t('question.is-right')}
            </Checkbox>
            <MarkupField courseId={courseId} label={t('question.feedback-ticked', { number })} html={option.feedback_ticked} onChange={(text) => set(option.id, { feedback_ticked: text })} isLine />
            <MarkupField courseId={courseId} label={t('question.feedback-left', { number })} html={option.feedback_left} onChange={(text) => set(option.id, { feedback_left: text })} isLine />
          </>
        )}
      />
      <Select label={t('question.rule.label')} value={item.credit.rule} onChange={(key) => choose(String(key))} className="max-w-md">
        {Object.entries(rules).map(([rule, name]) => (
          <Option key={rule} id={rule}>
            {name}
          </Option>
        ))}
      </Select>
    </>
  );
}

interface OptionListProps<O> {
  options: O[];
  isShuffled: boolean;
  onOptions: (options: O[]) => void;
  onShuffle: (isShuffled: boolean) => void;
  onAdd: () => void;
  draw: (option: O, number: number) => ReactNode;
}

function OptionList<O extends { id: string; pinned: boolean }>({ options, isShuffled, onOptions, onShuffle, onAdd, draw }: OptionListProps<O>) {
  const { t } = useTranslation('editor');
  return (
    <div className="flex flex-col items-start gap-4">
      <ol className="flex w-full flex-col gap-4">
        {options.map((option, index) => (
          <li key={option.id} className="flex items-start gap-2 rounded-md border border-line bg-surface p-4">
            <div className="flex min-w-0 grow flex-col gap-3">
              {draw(option, index + 1)}
              {isShuffled && (
                <Checkbox isSelected={option.pinned} onChange={(pinned) => onOptions(options.map((one) => (one.id === option.id ? { ...one, pinned } : one)))}>
                  {t('question.pinned')}
                </Checkbox>
              )}
            </div>
            <IconButton label={t('question.remove-option', { number: index + 1 })} isDisabled={options.length <= 2} onPress={() => onOptions(options.filter(({ id }) => id !== option.id))}>
              <X size={18} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
      <Button icon={<Plus size={18} aria-hidden />} onPress={onAdd}>
        {t('question.add-option')}
      </Button>
      <Switch isSelected={isShuffled} onChange={onShuffle}>
        {t('question.shuffle')}
      </Switch>
    </div>
  );
}
