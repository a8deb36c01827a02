import { useTranslation } from '@lyceum/i18n';
import { lazy, Suspense, useId } from 'react';

import { classes } from '../classes';
import { RichText } from '../content/RichText';
import { Checkbox, CheckboxGroup } from '../forms/Checkbox';
import { Radio, RadioGroup } from '../forms/RadioGroup';
import { TextField } from '../forms/TextField';
import { Skeleton } from '../states/Skeleton';
import { plain } from './plain';
import type { AnswerValue, ShownQuestion } from './values';

const Dropdown = lazy(async () => ({ default: (await import('./Dropdown')).Dropdown }));

// A field that takes nothing more.
const settled = '[&_input]:border-line [&_input]:bg-sunken';

export interface QuestionProps {
  item: ShownQuestion;
  value: AnswerValue;
  onChange: (value: AnswerValue) => void;
  /** Answered for good: it stays as readable as the question. */
  isReadOnly?: boolean;
}

/** A question with the field that its kind is answered in. */
export function Question({ item, value, onChange, isReadOnly = false }: QuestionProps) {
  const prompt = useId();
  return (
    <div role="group" aria-labelledby={prompt} className="flex flex-col gap-4">
      <div id={prompt}>
        <RichText html={item.prompt} />
      </div>
      <Field item={item} value={value} onChange={onChange} isReadOnly={isReadOnly} />
    </div>
  );
}

function Field({ item, value, onChange, isReadOnly }: Required<QuestionProps>) {
  const { t } = useTranslation('ui');
  const options = item.options ?? [];
  const text = typeof value === 'string' ? value : '';
  switch (item.type) {
    case 'single_choice':
      return (
        <RadioGroup label={t('question.one')} isReadOnly={isReadOnly} value={text === '' ? null : text} onChange={onChange}>
          {options.map(({ id, content }) => (
            <Radio key={id} value={id}>
              <RichText html={content} />
            </Radio>
          ))}
        </RadioGroup>
      );
    case 'multiple_choice':
      return (
        <CheckboxGroup label={t('question.several')} isReadOnly={isReadOnly} value={typeof value === 'string' ? [] : [...value]} onChange={onChange}>
          {options.map(({ id, content }) => (
            <Checkbox key={id} value={id}>
              <RichText html={content} />
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    case 'dropdown':
      if (isReadOnly) return <TextField label={t('question.one')} isReadOnly value={plain(options.find(({ id }) => id === text)?.content ?? '')} className={classes('max-w-md', settled)} />;
      return (
        <Suspense fallback={<Skeleton className="h-19 max-w-md rounded-md" />}>
          <Dropdown options={options.map(({ id, content }) => ({ id, words: plain(content) }))} value={text} onChange={onChange} />
        </Suspense>
      );
    case 'numeric':
      return <TextField label={t('question.number')} description={t('question.number-note')} inputMode="decimal" isReadOnly={isReadOnly} value={text} onChange={onChange} className={classes('max-w-56', isReadOnly && settled)} />;
    default:
      return <TextField label={t('question.text')} isReadOnly={isReadOnly} value={text} onChange={onChange} className={classes('max-w-md', isReadOnly && settled)} />;
  }
}
