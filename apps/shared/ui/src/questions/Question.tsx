import { useTranslation } from '@lyceum/i18n';
import { lazy, Suspense, useId } from 'react';

import { RichText } from '../content/RichText';
import { Checkbox, CheckboxGroup } from '../forms/Checkbox';
import { Radio, RadioGroup } from '../forms/RadioGroup';
import { TextField } from '../forms/TextField';
import { Skeleton } from '../states/Skeleton';
import { plain } from './plain';
import type { AnswerValue, ShownQuestion } from './values';

const Dropdown = lazy(async () => ({ default: (await import('./Dropdown')).Dropdown }));

export interface QuestionProps {
  item: ShownQuestion;
  value: AnswerValue;
  onChange: (value: AnswerValue) => void;
  isDisabled?: boolean;
}

/** A question with the field that its kind is answered in. */
export function Question({ item, value, onChange, isDisabled = false }: QuestionProps) {
  const prompt = useId();
  return (
    <div role="group" aria-labelledby={prompt} className="flex flex-col gap-4">
      <div id={prompt}>
        <RichText html={item.prompt} />
      </div>
      <Field item={item} value={value} onChange={onChange} isDisabled={isDisabled} />
    </div>
  );
}

function Field({ item, value, onChange, isDisabled }: Required<QuestionProps>) {
  const { t } = useTranslation('ui');
  const options = item.options ?? [];
  const text = typeof value === 'string' ? value : '';
  switch (item.type) {
    case 'single_choice':
      return (
        <RadioGroup label={t('question.one')} isDisabled={isDisabled} value={text === '' ? null : text} onChange={onChange}>
          {options.map(({ id, content }) => (
            <Radio key={id} value={id}>
              <RichText html={content} />
            </Radio>
          ))}
        </RadioGroup>
      );
    case 'multiple_choice':
      return (
        <CheckboxGroup label={t('question.several')} isDisabled={isDisabled} value={typeof value === 'string' ? [] : [...value]} onChange={onChange}>
          {options.map(({ id, content }) => (
            <Checkbox key={id} value={id}>
              <RichText html={content} />
            </Checkbox>
          ))}
        </CheckboxGroup>
      );
    case 'dropdown':
      return (
        <Suspense fallback={<Skeleton className="h-19 max-w-md rounded-md" />}>
          <Dropdown options={options.map(({ id, content }) => ({ id, words: plain(content) }))} value={text} onChange={onChange} isDisabled={isDisabled} />
        </Suspense>
      );
    case 'numeric':
      return <TextField label={t('question.number')} description={t('question.number-note')} inputMode="decimal" isDisabled={isDisabled} value={text} onChange={onChange} className="max-w-56" />;
    default:
      return <TextField label={t('question.text')} isDisabled={isDisabled} value={text} onChange={onChange} className="max-w-md" />;
  }
}
