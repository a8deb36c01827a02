import type { DraftNode } from '@lyceum/api-client/course';

export type Kind = DraftNode['kind'];
export type BlockKind = NonNullable<DraftNode['block_kind']>;

/** What is directly inside of what; blocks have nothing inside. */
export const childOf = { section: 'lesson', lesson: 'page', page: 'block', block: null } as const;
export const parentOf = { section: null, lesson: 'section', page: 'lesson', block: 'page' } as const;
export const blockKinds: readonly BlockKind[] = ['rich_text', 'video', 'problem', 'file', 'embed'];
