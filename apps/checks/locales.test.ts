import { uses, type Use } from './locale-keys';
import { problems } from './locale-problems';

const asked = (key: string): Use => ({ namespace: 'app', key, isPrefix: false, where: 'Page.tsx:1' });
const file = (language: string, messages: Record<string, string>) => ({ path: `web/src/locales/${language}.json`, messages });

test('complete texts have no problem', () => {
  const files = [file('en', { hello: 'Hello {{name}}' }), file('de', { hello: 'Hallo {{name}}' })];
  expect(problems(files, ['en', 'de'], [asked('hello')])).toEqual([]);
});

test.each([
  ['a missing translation', { hello: 'Hello' }, {}, 'hello', 'app: hello is missing in de'],
  ['an empty translation', { hello: 'Hello' }, { hello: ' ' }, 'hello', 'app: hello is missing in de'],
  ['a leftover', { hello: 'Hello' }, { hello: 'Hallo', bye: 'Tschüss' }, 'hello', 'app: bye is only in de'],
  ['a forgotten name', { hello: 'Hello {{name}}' }, { hello: 'Hallo' }, 'hello', 'app: hello in de fills in other names than in en'],
  ['a missing plural form', { n_one: 'One', n_other: '{{count}}' }, { n_one: 'Eins' }, 'n', 'app: n_other is missing in de'],
  ['a text that nobody asks for', { hello: 'Hello', old: 'Old' }, { hello: 'Hallo', old: 'Alt' }, 'hello', 'app: nobody asks for old'],
  ['a text that is not there', { hello: 'Hello' }, { hello: 'Hallo' }, 'gone', 'Page.tsx:1: there is no text app:gone'],
])('%s is found', (_name, english, german, key, expected) => {
  expect(problems([file('en', english), file('de', german)], ['en', 'de'], [asked(key)])).toContain(expected);
});

test('a whole missing language is found', () => {
  expect(problems([file('en', { hello: 'Hello' })], ['en', 'ar'], [asked('hello')])).toEqual(['app: there is no ar.json']);
});

test('the texts that a file asks for are found', () => {
  const source = `const { t } = useTranslation('quiz');
    t('submit'); t(\`state.\${state}\`); t(done ? 'yes' : 'no'); t('app:hello'); <Trans i18nKey="rich" />`;
  expect(uses('Quiz.tsx', source).map(({ namespace, key, isPrefix }) => [namespace, key, isPrefix])).toEqual([
    ['quiz', 'submit', false],
    ['quiz', 'state.', true],
    ['quiz', 'yes', false],
    ['quiz', 'no', false],
    ['app', 'hello', false],
    ['quiz', 'rich', false],
  ]);
});
