import type { DraftNode } from '@lyceum/api-client/course';
import { BookOpen, CircleHelp, FileText, Folder, Globe, Paperclip, SquarePlay, TextAlignStart, type LucideIcon } from 'lucide-react';

const blocks: Record<NonNullable<DraftNode['block_kind']>, LucideIcon> = { rich_text: TextAlignStart, video: SquarePlay, problem: CircleHelp, file: Paperclip, embed: Globe };
const containers: Record<DraftNode['kind'], LucideIcon> = { section: Folder, lesson: BookOpen, page: FileText, block: TextAlignStart };

/** What a node is, as a picture beside its title. */
export function KindIcon({ kind, blockKind, size = 18 }: { kind: DraftNode['kind']; blockKind: DraftNode['block_kind']; size?: number }) {
  const Icon = blockKind === null ? containers[kind] : blocks[blockKind];
  return <Icon size={size} strokeWidth={1.75} aria-hidden />;
}
