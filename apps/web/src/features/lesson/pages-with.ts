import type { OutlineNode, ProgressOutline } from '@lyceum/api-client/progress';

export interface FoundPage {
  page: OutlineNode;
  /** The part of the page that has the words, where its own title has not. */
  block: OutlineNode | null;
  section: string;
}

/** The pages that have all these words in their titles, or in those of their parts, or of what they lie in. */
export function pagesWith(outline: ProgressOutline, text: string): FoundPage[] {
  const words = plain(text).split(/\s+/);
  const has = (...titles: string[]) => {
    const all = plain(titles.join(' '));
    return words.every((word) => all.includes(word));
  };
  return outline.sections.flatMap((section) =>
    (section.children ?? []).flatMap((lesson) =>
      (lesson.children ?? []).flatMap((page): FoundPage[] => {
        const found = { page, section: section.title };
        if (has(section.title, lesson.title, page.title)) return [{ ...found, block: null }];
        const block = (page.children ?? []).find(({ title }) => has(section.title, lesson.title, page.title, title));
        return block ? [{ ...found, block }] : [];
      }),
    ),
  );
}

/** Without case and accents: nobody types them to search. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
