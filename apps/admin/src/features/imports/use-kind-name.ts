import { useTranslation } from '@lyceum/i18n';

const known = ['course', 'section', 'lesson', 'page', 'rich_text', 'video', 'problem', 'file', 'embed', 'asset', 'caption', 'reference', 'setting', 'document'] as const;

/** What a kind of thing is called; what only the origin knows keeps the origin's own word. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation('imports');
  return (kind) => {
    const found = known.find((one) => one === kind);
    return found ? t(`kind.${found}`) : kind;
  };
}
