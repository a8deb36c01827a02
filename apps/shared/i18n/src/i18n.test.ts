import { bestLanguage, directionOf, firstLetter, Formatting, namespaceOf, PSEUDO, pseudo, pseudoText, setUpI18n } from '.';

const files = {
  'ui/src/locales/en.json': () => Promise.resolve({ close: 'Close' }),
  'web/src/locales/en.json': () => Promise.resolve({ hello: 'Hello {{name}}', left: 'Only in English' }),
  'web/src/locales/de.json': () => Promise.resolve({ hello: 'Hallo {{name}}' }),
  'web/src/features/quiz/locales/en.json': () => Promise.resolve({ submit: 'Submit' }),
};

test('texts come from the file of their language, or from English', async () => {
  const texts = await setUpI18n(files, { language: 'de' });
  expect(texts.t('hello', { name: 'Ada' })).toBe('Hallo Ada');
  expect(texts.t('left')).toBe('Only in English');
  expect(document.documentElement.lang).toBe('de');
});

test("a feature's texts come with the feature", async () => {
  const texts = await setUpI18n(files, { language: 'en' });
  expect(texts.t('quiz:submit')).toBe('submit');
  await texts.loadNamespaces('quiz');
  expect(texts.t('quiz:submit')).toBe('Submit');
});

test('the pseudo-locale is English, changed and longer, with what is filled in', async () => {
  const texts = await setUpI18n(files, { language: PSEUDO });
  expect(texts.t('hello', { name: 'Ada' })).toBe('[Héłłö Ada ~ ~ ~]');
  expect(pseudoText('Save <b>all</b> {{count}}')).toContain('<b>áłł</b> {{count}}');
  expect(pseudo({ a: { b: 'Go' } })).toEqual({ a: { b: '[Ğö ~]' } });
});

test('the namespace is where the file is', () => {
  expect(namespaceOf('./features/quiz/locales/ar.json')).toBe('quiz');
  expect(namespaceOf('../../shared/ui/src/locales/ar.json')).toBe('ui');
  expect(namespaceOf('./locales/ar.json')).toBe('app');
});

test('the best language is the first wanted one that there is', () => {
  expect(bestLanguage([null, 'fr', 'de-AT', 'en'])).toBe('de');
  expect(bestLanguage(['fr'])).toBe('en');
  expect(directionOf('ar')).toBe('rtl');
});

describe('formats', () => {
  const english = new Formatting('en', 'UTC');

  test.each([
    [0, '0 sec'],
    [59, '59 sec'],
    [60, '1 min'],
    [3900, '1 hr 5 min'],
    [7200, '2 hr'],
  ])('%s seconds last %s', (seconds, text) => {
    expect(english.duration(seconds)).toBe(text);
  });

  test.each([
    [0.999, '99%'],
    [0.29, '29%'],
    [1, '100%'],
  ])('a share of %s is %s: what is not done never reads as all', (share, text) => {
    expect(english.percent(share)).toBe(text);
  });

  test.each([
    [999, '999 byte'],
    [1_500_000, '1.5 MB'],
    [0, '0 byte'],
  ])('%s bytes are %s', (count, text) => {
    expect(english.bytes(count)).toBe(text);
  });

  test('moments are shown in the given time zone and told from now', () => {
    expect(new Formatting('de', 'Asia/Tokyo').date('2026-03-01T20:00:00Z')).toBe('02.03.2026');
    expect(english.relative('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z')).toBe('yesterday');
    expect(english.relative('2026-03-01T03:00:00Z', '2026-03-01T00:00:00Z')).toBe('in 3 hours');
  });

  test('a first letter keeps what belongs to it', () => {
    expect(firstLetter(' Émile')).toBe('É');
    expect(firstLetter('')).toBe('');
  });
});

test('languages have names, and a tag that is none stays as it is', () => {
  expect(new Formatting('de').languageName('ar')).toBe('Arabisch');
  expect(new Formatting('en').languageName('not a tag')).toBe('not a tag');
});
