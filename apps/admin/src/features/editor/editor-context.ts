import type { DraftNode, DraftView } from '@lyceum/api-client/course';
import { createContext, useContext } from 'react';

import type { BlockKind, Kind } from './outline/kinds';
import type { Changing } from './outline/use-outline';

/** What a dialog over the editor is about. */
export type Asked =
  | { what: 'add'; kind: Kind; blockKind: BlockKind | null; parentId: string | null }
  | { what: 'rename'; node: DraftNode }
  | { what: 'remove'; node: DraftNode };

export interface Editor extends Changing {
  courseId: string;
  draft: DraftView;
  /** The id of the node that is open; null where none is. */
  selected: string | null;
  select: (id: string | null) => void;
  /** Opens a dialog. */
  ask: (asked: Asked) => void;
}

export const EditorContext = createContext<Editor | null>(null);

/** The course that is edited. Only below its page. */
export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error('useEditor is for what is on the page of the editor');
  return editor;
}
