import { forgetKept, keep, kept } from '.';

test('what is kept is there again, until it is forgotten', () => {
  keep('a', { text: 'red' });
  keep('b', [1]);
  expect(kept('a')).toEqual({ text: 'red' });
  keep('a', null);
  expect(kept('a')).toBeNull();
  localStorage.setItem('lyceum.theme', 'dark');
  forgetKept();
  expect(kept('b')).toBeNull();
  expect(localStorage.getItem('lyceum.theme')).toBe('dark');
});

test('what cannot be read counts as nothing', () => {
  localStorage.setItem('lyceum.kept.a', '{');
  expect(kept('a')).toBeNull();
});

test('without storage nothing fails', () => {
  const refused = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  keep('a', 1);
  refused.mockRestore();
  expect(kept('a')).toBeNull();
});
