import { useTranslation } from '@lyceum/i18n';

import { paragraphs } from '../text/markup';
import type { Item } from './items';

/** A version of a question in words, with those marked that the other version does not have. */
export function ShownItem({ item, other }: { item: Item; other?: Item | undefined }) {
  const { t } = useTranslation('editor');
  const words = { right: t('question.right'), wrong: t('question.wrong') };
  const others = other === undefined ? null : new Set(linesOf(other, words));
  const lines = linesOf(item, words);
  if (lines.length === 0) return <p className="text-ink-2">{t('empty-content')}</p>;
  return (
    <div className="flex flex-col gap-2">
      {lines.map((line, index) => (
        <p key={index} dir="auto">
          {others === null || others.has(line) ? line : <mark className="rounded-sm bg-accent-soft text-ink">{line}</mark>}
        </p>
      ))}
    </div>
  );
}

function linesOf(item: Item, words: { right: string; wrong: string }): string[] {
  const texts = [item.prompt, ...item.hints, ...Object.values(item.feedback), item.explanation].flatMap(paragraphs);
  return [...texts, ...key(item, words)].filter((line) => line.trim() !== '');
}

function key(item: Item, { right, wrong }: { right: string; wrong: string }): string[] {
  switch (item.type) {
    case 'single_choice':
    case 'dropdown':
      return item.options.map(({ content, credit, feedback }) => [credit === '1' ? right : credit === '0' ? wrong : credit, ...paragraphs(content), ...paragraphs(feedback)].join(' · '));
    case 'multiple_choice':
      return item.options.map((option) => [option.right ? right : wrong, ...[option.content, option.feedback_ticked, option.feedback_left].flatMap(paragraphs)].join(' · '));
    case 'numeric':
      return item.accepted.map((one) => (one.kind === 'value' ? `${one.value} ± ${one.tolerance}${one.percent ? ' %' : ''} · ${one.credit}` : `${one.low} – ${one.high} · ${one.credit}`));
    case 'short_text':
      return item.accepted.map((one) => `${one.kind === 'text' ? one.text : `/${one.pattern}/`} · ${one.credit}`);
  }
}
