import { placeOf, type DraftNode, type NodeEdit, type NodeView } from '@lyceum/api-client/course';

import { isSame } from '../saving/local-copy';
import { walk } from '../outline/moves';

export type Completion = NodeView['completion'];
export type Rule = Completion['rule'];

/** When a part of the course is done, and when it may be taken. */
export type Rules = Pick<NodeView, 'completion' | 'requires' | 'available_from' | 'due_at' | 'graded'>;

/** How many parts can be asked for before one. */
export const MOST_REQUIRED = 20;

export function rulesOf({ completion, requires, available_from, due_at, graded }: NodeView): Rules {
  return { completion, requires, available_from, due_at, graded };
}

/** What is different, as the API takes it: what is not named stays as it is. */
export function changesOf(rules: Rules, since: Rules): NodeEdit {
  const keys = Object.keys(rules) as (keyof Rules)[];
  return Object.fromEntries(keys.filter((key) => !isSame(rules[key], since[key])).map((key) => [key, rules[key]]));
}

type Kinds = Pick<DraftNode, 'kind' | 'block_kind'>;

/** What completes a part unless its author says otherwise; the server begins with the same. */
export function usualRule({ kind, block_kind: blockKind }: Kinds): Rule {
  if (kind !== 'block') return 'all';
  return blockKind === 'problem' ? 'answered' : 'viewed';
}

/** The rules that make sense for such a part, the usual one first; one that it has already is always among them. */
export function rulesFor(kinds: Kinds, current: Rule): Rule[] {
  const sensible: Rule[] = kinds.kind !== 'block' ? ['all', 'any', 'at-least'] : kinds.block_kind === 'problem' ? ['answered', 'score', 'viewed'] : ['viewed'];
  return sensible.includes(current) ? sensible : [...sensible, current];
}

/** A rule as it begins when it is chosen. */
export function begun(rule: Rule): Completion {
  switch (rule) {
    case 'score':
      return { rule, share: '0.5' };
    case 'at-least':
      return { rule, count: 1 };
    default:
      return { rule };
  }
}

/** A share of 0.125 as 12.5. */
export function percentOf(share: number | string): number {
  return Math.round(Number(share) * 10_000) / 100;
}

/** 12.5 percent as a share, with the four decimal places that the server keeps. */
export function shareOf(percent: number): string {
  return String(Math.round(percent * 100) / 10_000);
}

/** Whether everything is as it is for a part that nobody has set anything for. */
export function isUsual(rules: Rules, kinds: Kinds): boolean {
  return rules.completion.rule === usualRule(kinds) && rules.requires.length === 0 && rules.available_from === null && rules.due_at === null && !rules.graded;
}

/**
 * What can be asked for before a part: not itself, what it is inside of or what is inside it, because those wait for each other,
 * and nothing twice.
 */
export function candidates(sections: DraftNode[], id: string, chosen: readonly string[]): DraftNode[] {
  const around = new Set([...chosen, id]);
  for (let place = placeOf(sections, id); place?.parent; place = placeOf(sections, place.parent.id)) around.add(place.parent.id);
  for (const { id: inside } of walk(placeOf(sections, id)?.node.children ?? [])) around.add(inside);
  return walk(sections).filter((node) => !around.has(node.id));
}
