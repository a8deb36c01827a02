import { placeOf, type DraftNode, type MoveRequest } from '@lyceum/api-client/course';

import { parentOf, type Kind } from './kinds';

export interface Target {
  key: string;
  dropPosition: 'on' | 'before' | 'after';
}

/** Where something of this kind lands on a target: inside a node, or right before or after one of its like. Null for nowhere. */
function landing(sections: DraftNode[], kind: Kind, { key, dropPosition }: Target): { node: DraftNode; where: Target['dropPosition'] } | null {
  const there = placeOf(sections, key);
  if (!there) return null;
  if (dropPosition === 'on') return there.node.kind === parentOf[kind] ? { node: there.node, where: 'on' } : null;
  if (there.node.kind === kind) return { node: there.node, where: dropPosition };
  // Below the last thing inside something is also below that itself.
  const isLast = there.position === there.siblings.length - 1;
  return dropPosition === 'after' && isLast && there.parent ? landing(sections, kind, { key: there.parent.id, dropPosition }) : null;
}

/** Whether something of this kind may be put there: beside its like, or into what holds such things. */
export function accepts(sections: DraftNode[], kind: Kind, target: Target): boolean {
  return landing(sections, kind, target) !== null;
}

/** The move that dropping a node on a target asks for; null where it asks for nothing. */
export function dropped(sections: DraftNode[], id: string, target: Target): MoveRequest | null {
  const from = placeOf(sections, id);
  const goal = from && landing(sections, from.node.kind, target);
  const to = goal && placeOf(sections, goal.node.id);
  if (!to || to.node.id === id) return null;
  if (goal.where === 'on') return to.node.id === from.parent?.id ? null : { node_id: id, parent_id: to.node.id, position: to.node.children.length };
  const others = to.siblings.filter((node) => node.id !== id);
  const position = others.indexOf(to.node) + (goal.where === 'after' ? 1 : 0);
  const isThere = to.parent?.id === from.parent?.id && position === from.position;
  return isThere ? null : { node_id: id, parent_id: to.parent?.id ?? null, position };
}

/** The move one step up (-1) or down (1); over the edge of its parent, into the neighbour. Null where there is no way on. */
export function stepped(sections: DraftNode[], id: string, step: -1 | 1): MoveRequest | null {
  const from = placeOf(sections, id);
  if (!from) return null;
  const position = from.position + step;
  if (position >= 0 && position < from.siblings.length) return { node_id: id, parent_id: from.parent?.id ?? null, position };
  const neighbour = from.parent ? nextLike(sections, from.parent, step) : undefined;
  return neighbour ? { node_id: id, parent_id: neighbour.id, position: step < 0 ? neighbour.children.length : 0 } : null;
}

/** The node of the same kind before or after one in the whole outline. */
function nextLike(sections: DraftNode[], node: DraftNode, step: -1 | 1): DraftNode | undefined {
  const like = walk(sections).filter(({ kind }) => kind === node.kind);
  return like[like.indexOf(node) + step];
}

/** All nodes in order, each before what is inside it. */
export function walk(nodes: DraftNode[]): DraftNode[] {
  return nodes.flatMap((node) => [node, ...walk(node.children)]);
}

/** The ids of what a node is inside of, from the section down. */
export function pathTo(sections: DraftNode[], id: string): DraftNode[] {
  const place = placeOf(sections, id);
  return place ? [...(place.parent ? pathTo(sections, place.parent.id) : []), place.node] : [];
}
