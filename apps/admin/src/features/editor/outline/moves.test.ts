import type { DraftNode } from '@lyceum/api-client/course';

import { accepts, dropped, pathTo, stepped } from './moves';

const node = (kind: DraftNode['kind'], id: string, children: DraftNode[] = []): DraftNode => ({
  id, kind, title: id, children, block_kind: kind === 'block' ? 'rich_text' : null, optional: false, version: 1, visibility: 'visible',
});
const sections = [
  node('section', 'a', [node('lesson', 'a1', [node('page', 'p1', [node('block', 'x'), node('block', 'y')]), node('page', 'p2')]), node('lesson', 'a2')]),
  node('section', 'b', [node('lesson', 'b1')]),
];

test.each([
  ['before its like', 'y', { key: 'x', dropPosition: 'before' }, { node_id: 'y', parent_id: 'p1', position: 0 }],
  ['after its like, counted without itself', 'x', { key: 'y', dropPosition: 'after' }, { node_id: 'x', parent_id: 'p1', position: 1 }],
  ['into what holds such things, at the end', 'x', { key: 'p2', dropPosition: 'on' }, { node_id: 'x', parent_id: 'p2', position: 0 }],
  ['into another parent, beside its like there', 'a1', { key: 'b1', dropPosition: 'after' }, { node_id: 'a1', parent_id: 'b', position: 1 }],
  ['below the last thing inside its like', 'a', { key: 'b1', dropPosition: 'after' }, { node_id: 'a', parent_id: null, position: 1 }],
] as const)('a drop %s', (_words, id, target, request) => {
  expect(dropped(sections, id, target)).toEqual(request);
});

test.each([
  ['where it is already', 'x', { key: 'y', dropPosition: 'before' }],
  ['on its own parent', 'x', { key: 'p1', dropPosition: 'on' }],
  ['on itself', 'x', { key: 'x', dropPosition: 'after' }],
  ['where such things cannot be', 'x', { key: 'a', dropPosition: 'on' }],
  ['in the middle of something else', 'b', { key: 'a1', dropPosition: 'after' }],
  ['where nothing is', 'x', { key: 'gone', dropPosition: 'on' }],
] as const)('a drop %s asks for nothing', (_words, id, target) => {
  expect(dropped(sections, id, target)).toBeNull();
});

test('a lesson may go beside lessons and into sections', () => {
  expect(accepts(sections, 'lesson', { key: 'b', dropPosition: 'on' })).toBe(true);
  expect(accepts(sections, 'lesson', { key: 'b1', dropPosition: 'before' })).toBe(true);
  expect(accepts(sections, 'lesson', { key: 'p1', dropPosition: 'on' })).toBe(false);
});

test('steps go over the edge of a parent into the next of its kind', () => {
  expect(stepped(sections, 'a2', 1)).toEqual({ node_id: 'a2', parent_id: 'b', position: 0 });
  expect(stepped(sections, 'b1', -1)).toEqual({ node_id: 'b1', parent_id: 'a', position: 2 });
  expect(stepped(sections, 'a1', 1)).toEqual({ node_id: 'a1', parent_id: 'a', position: 1 });
  expect(stepped(sections, 'a', -1)).toBeNull();
  expect(stepped(sections, 'b', 1)).toBeNull();
});

test('the way to a node begins with its section', () => {
  expect(pathTo(sections, 'y').map(({ id }) => id)).toEqual(['a', 'a1', 'p1', 'y']);
});
