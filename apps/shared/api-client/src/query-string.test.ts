import { queryString } from './query-string';

test('a list repeats its key, and what is not given is left out', () => {
  expect(queryString({ tag: ['a b', 'c'], limit: 5, cursor: null, q: undefined, listed: false })).toBe('tag=a+b&tag=c&limit=5&listed=false');
});
