import type { DraftNode } from '@lyceum/api-client/course';

import { candidates, changesOf, isUsual, percentOf, rulesFor, shareOf, usualRule, type Rules } from './rules';

const node = (kind: DraftNode['kind'], id: string, children: DraftNode[] = []): DraftNode => ({
  id, kind, title: id, children, block_kind: kind === 'block' ? 'rich_text' : null, optional: false, version: 1, visibility: 'visible',
});
const sections = [
  node('section', 'a', [node('lesson', 'a1', [node('page', 'p1', [node('block', 'x'), node('block', 'y')]), node('page', 'p2')])]),
  node('section', 'b', [node('lesson', 'b1')]),
];
const usual: Rules = { completion: { rule: 'all' }, requires: [], available_from: null, due_at: null, graded: false };

test('what a part is inside of and what is inside it cannot be asked for before it, nor the same twice', () => {
  const titles = (id: string, chosen: string[] = []) => candidates(sections, id, chosen).map(({ title }) => title);
  expect(titles('p1')).toEqual(['p2', 'b', 'b1']);
  expect(titles('x', ['y', 'b'])).toEqual(['p2', 'b1']);
  expect(titles('b')).toEqual(['a', 'a1', 'p1', 'x', 'y', 'p2']);
});

test.each([
  ['section', null, ['all', 'any', 'at-least']],
  ['block', 'problem', ['answered', 'score', 'viewed']],
  ['block', 'video', ['viewed']],
] as const)('a %s (%s) has the rules that make sense for it, the usual one first', (kind, block, rules) => {
  const kinds = { kind, block_kind: block };
  expect(rulesFor(kinds, rules[0])).toEqual(rules);
  expect(usualRule(kinds)).toBe(rules[0]);
});

test('a rule that came with an import stays among those to choose from', () => {
  expect(rulesFor({ kind: 'block', block_kind: 'video' }, 'answered')).toEqual(['viewed', 'answered']);
});

test('only what changed is sent, and what was cleared is sent as nothing', () => {
  const before = { ...usual, due_at: '2026-03-01T09:00:00Z' };
  expect(changesOf({ ...before, due_at: null, requires: ['b'] }, before)).toEqual({ due_at: null, requires: ['b'] });
  expect(changesOf(before, before)).toEqual({});
});

test.each([
  [1, '0.01'],
  [12.5, '0.125'],
  [33.33, '0.3333'],
  [100, '1'],
])('%s percent are a share of %s, and back', (percent, share) => {
  expect(shareOf(percent)).toBe(share);
  expect(percentOf(share)).toBe(percent);
});

test.each([
  ['nothing is set', usual, true],
  ['another rule is set', { ...usual, completion: { rule: 'any' } }, false],
  ['something comes before', { ...usual, requires: ['b'] }, false],
  ['it opens at a time', { ...usual, available_from: '2026-03-01T09:00:00Z' }, false],
  ['it is due', { ...usual, due_at: '2026-03-01T09:00:00Z' }, false],
  ['it is graded', { ...usual, graded: true }, false],
] as [string, Rules, boolean][])('where %s it is as usual: %s', (_words, rules, expected) => {
  expect(isUsual(rules, { kind: 'section', block_kind: null })).toBe(expected);
});
