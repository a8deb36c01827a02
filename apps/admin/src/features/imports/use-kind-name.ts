import { useTranslation } from '@lyceum/i18n';

const known = ['course', 'section', 'lesson', 'page', 'rich_text', 'video', 'problem', 'file', 'embed', 'asset', 'caption', 'reference', 'setting', 'document'] as const;

/** Our own kinds in the order of a course, from the whole to its parts, then those of the origin by their names. */
export function inOrder(kinds: readonly string[]): string[] {
  const place = (kind: string) => {
    const at = known.findIndex((one) => one === kind);
    return at < 0 ? known.length : at;
  };
  return [...kinds].sort((one, other) => place(one) - place(other) || one.localeCompare(other));
}

/** What a kind of thing is called; what only the origin knows keeps the origin's own word. */
export function useKindName(): (kind: string) => string {
  const { t } = useTranslation('imports');
  return (kind) => {
    const found = known.find((one) => one === kind);
    return found ? t(`kind.${found}`) : kind;
  };
}
