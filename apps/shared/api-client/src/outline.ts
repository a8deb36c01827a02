import type { DraftNode, MoveRequest, NodeEdit } from './generated/course';

/** A node of an outline, and where it is. */
export interface Place {
  node: DraftNode;
  /** Null for a section. */
  parent: DraftNode | null;
  siblings: DraftNode[];
  position: number;
}

/** Where a node is in an outline; undefined where it is not in it. */
export function placeOf(sections: DraftNode[], id: string, parent: DraftNode | null = null): Place | undefined {
  for (const [position, node] of sections.entries()) {
    if (node.id === id) return { node, parent, siblings: sections, position };
    const below = placeOf(node.children, id, node);
    if (below) return below;
  }
  return undefined;
}

/** Puts a node elsewhere in an outline that may be changed, as the API does: `position` counts without the node itself. */
export function moveInOutline(sections: DraftNode[], { node_id: id, parent_id: parentId, position }: MoveRequest): void {
  const place = placeOf(sections, id);
  const target = parentId ? placeOf(sections, parentId)?.node.children : sections;
  if (!place || !target) return;
  place.siblings.splice(place.position, 1);
  target.splice(position ?? target.length, 0, place.node);
}

/** Takes a node with all below it out of an outline that may be changed. */
export function removeFromOutline(sections: DraftNode[], id: string): void {
  const place = placeOf(sections, id);
  place?.siblings.splice(place.position, 1);
}

/** Shows in an outline that may be changed what an edit of a node changes there. */
export function editInOutline(sections: DraftNode[], id: string, { title, visibility, optional }: NodeEdit, version?: number): void {
  const node = placeOf(sections, id)?.node;
  if (!node) return;
  node.title = title ?? node.title;
  node.visibility = visibility ?? node.visibility;
  node.optional = optional ?? node.optional;
  node.version = version ?? node.version;
}
