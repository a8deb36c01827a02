import { placeOf } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';

import { useEditor } from '../editor-context';
import type { Completion, Rule, Rules } from './rules';

export interface RuleWords {
  /** A rule to choose, without its number. */
  choice: (rule: Rule) => string;
  /** What completes a part, in few words. */
  completion: (completion: Completion) => string;
  /** A moment in the author's time zone. */
  moment: (moment: string) => string;
  /** The name of another part of the course. */
  part: (id: string) => string;
  /** Everything that is set, in few words each. */
  summary: (rules: Rules, usual: Rule) => string[];
}

/** Says rules as people would. */
export function useWords(zone: string | undefined): RuleWords {
  const { t } = useTranslation('editor');
  const format = useFormatting(zone);
  const { draft } = useEditor();
  const choice = (rule: Rule) => t(`rules.choice.${rule}`);
  const completion = (one: Completion) => {
    switch (one.rule) {
      case 'score':
        return t('rules.short.score', { share: format.number(Number(one.share), { style: 'percent', maximumFractionDigits: 2 }) });
      case 'at-least':
        return t('rules.short.at-least', { count: one.count });
      default:
        return t(`rules.short.${one.rule}`);
    }
  };
  const moment = (one: string) => format.dateTime(one);
  const part = (id: string) => placeOf(draft.sections, id)?.node.title ?? t('rules.gone');
  const summary = (rules: Rules, usual: Rule) => [
    ...(rules.completion.rule === usual ? [] : [completion(rules.completion)]),
    ...(rules.available_from === null ? [] : [t('rules.short.opens', { time: moment(rules.available_from) })]),
    ...(rules.due_at === null ? [] : [t('rules.short.due', { time: moment(rules.due_at) })]),
    ...(rules.requires.length === 0 ? [] : [t('rules.short.after', { parts: format.list(rules.requires.map((id) => t('rules.quoted', { title: part(id) }))) })]),
    ...(rules.graded ? [t('rules.short.graded')] : []),
  ];
  return { choice, completion, moment, part, summary };
}
