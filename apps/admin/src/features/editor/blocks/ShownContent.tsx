import { useTranslation } from '@lyceum/i18n';

import { paragraphs } from '../text/markup';
import type { Content } from './contents';

/** A version of a block in its words, with those marked that the other version does not have. */
export function ShownContent({ content, other }: { content: Content; other?: Content | undefined }) {
  const { t } = useTranslation('editor');
  const lines = linesOf(content);
  const others = other === undefined ? null : new Set(linesOf(other));
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

function linesOf(content: Content): string[] {
  switch (content.kind) {
    case 'rich_text':
      return paragraphs(content.html);
    case 'video':
      return [...content.sources.map(({ value }) => value), ...content.captions.map(({ language, asset }) => `${language}: ${asset}`)];
    case 'file':
      return [content.asset];
    case 'embed':
      return [content.url, content.presentation];
    case 'problem':
      return content.quiz_id === null ? [] : [content.quiz_id];
  }
}
