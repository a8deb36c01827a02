import { useTranslation } from '@lyceum/i18n';

import type { Rules } from './rules';
import { useWords } from './use-words';

/** Rules to read, such as beside another version of them. */
export function ShownRules({ rules, zone }: { rules: Rules; zone: string }) {
  const { t } = useTranslation('editor');
  const words = useWords(zone);
  const lines: [string, string][] = [
    [t('rules.done'), words.completion(rules.completion)],
    [t('rules.before'), rules.requires.length === 0 ? '–' : rules.requires.map(words.part).join(' · ')],
    [t('rules.opens'), rules.available_from === null ? '–' : words.moment(rules.available_from)],
    [t('rules.due'), rules.due_at === null ? '–' : words.moment(rules.due_at)],
    [t('rules.graded'), rules.graded ? t('rules.yes') : t('rules.no')],
  ];
  return (
    <dl className="flex flex-col gap-2">
      {lines.map(([name, said]) => (
        <div key={name}>
          <dt className="text-sm text-ink-2">{name}</dt>
          <dd dir="auto">{said}</dd>
        </div>
      ))}
    </dl>
  );
}
