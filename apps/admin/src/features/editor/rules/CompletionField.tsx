import type { DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { NumberField, Radio, RadioGroup } from '@lyceum/ui';

import { begun, percentOf, rulesFor, shareOf, usualRule, type Completion, type Rule } from './rules';
import { useWords } from './use-words';

interface CompletionFieldProps {
  node: DraftNode;
  value: Completion;
  onChange: (completion: Completion) => void;
}

/** What completes a part: one of the rules that make sense for it, in plain words. */
export function CompletionField({ node, value, onChange }: CompletionFieldProps) {
  const { t } = useTranslation('editor');
  const { choice } = useWords(undefined);
  const rules = rulesFor(node, value.rule);
  const usual = usualRule(node);
  const named = (rule: Rule) => (rule === usual ? t('rules.as-usual', { rule: choice(rule) }) : choice(rule));
  if (rules.length === 1) {
    return (
      <div className="flex flex-col gap-1.5">
        <p className="text-sm font-medium">{t('rules.done')}</p>
        <p>{named(value.rule)}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        label={t('rules.done')}
        value={value.rule}
        onChange={(chosen) => {
          const rule = rules.find((one) => one === chosen);
          if (rule && rule !== value.rule) onChange(begun(rule));
        }}
      >
        {rules.map((rule) => (
          <Radio key={rule} value={rule}>
            {named(rule)}
          </Radio>
        ))}
      </RadioGroup>
      {value.rule === 'score' && (
        <NumberField
          label={t('rules.percent')}
          minValue={1}
          maxValue={100}
          formatOptions={{ maximumFractionDigits: 2 }}
          value={percentOf(value.share)}
          onChange={(percent) => {
            if (!Number.isNaN(percent)) onChange({ rule: 'score', share: shareOf(percent) });
          }}
        />
      )}
      {value.rule === 'at-least' && (
        <NumberField
          label={t('rules.parts')}
          description={t('rules.parts-note', { count: node.children.length })}
          minValue={1}
          maxValue={Math.max(1, node.children.length, value.count)}
          value={value.count}
          onChange={(count) => {
            if (!Number.isNaN(count)) onChange({ rule: 'at-least', count: Math.round(count) });
          }}
        />
      )}
    </div>
  );
}
