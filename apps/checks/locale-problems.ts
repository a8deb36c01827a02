import { languageOf, namespaceOf } from '../shared/i18n/src/messages.ts';
import { flatten, isPlural, placeholders, pluralForms, withoutPlural, type Messages, type Use } from './locale-keys.ts';

const SOURCE = 'en';

interface TextFile {
  path: string;
  messages: Messages;
}

/** What is wrong with the texts of one app and the kit: a line for each finding. */
export function problems(files: TextFile[], languages: readonly string[], asked: Use[]): string[] {
  const namespaces = new Map<string, Map<string, Map<string, string>>>();
  for (const { path, messages } of files) {
    const name = namespaceOf(path);
    namespaces.set(name, (namespaces.get(name) ?? new Map<string, Map<string, string>>()).set(languageOf(path), flatten(messages)));
  }
  const found = [...namespaces].flatMap(([name, texts]) => [...translated(name, texts, languages), ...unused(name, texts, asked)]);
  return [...found, ...missing(namespaces, asked)];
}

function translated(name: string, texts: Map<string, Map<string, string>>, languages: readonly string[]): string[] {
  const english = texts.get(SOURCE) ?? new Map<string, string>();
  return languages.flatMap((language) => {
    const own = texts.get(language);
    if (!own) return [`${name}: there is no ${language}.json`];
    const expected = new Set([...english.keys()].flatMap((key) =>
      isPlural(key) ? pluralForms(language).map((form) => `${withoutPlural(key)}_${form}`) : [key],
    ));
    const lost = [...expected].filter((key) => !own.get(key)?.trim()).map((key) => `${name}: ${key} is missing in ${language}`);
    const extra = [...own.keys()].filter((key) => !expected.has(key)).map((key) => `${name}: ${key} is only in ${language}`);
    const uneven = [...own].filter(([key, text]) => {
      const origin = english.get(key) ?? english.get(`${withoutPlural(key)}_other`);
      // A plural form may say the number in words.
      const names = placeholders(origin ?? '').filter((one) => !(isPlural(key) && one === 'count'));
      const given = placeholders(text).filter((one) => !(isPlural(key) && one === 'count'));
      return expected.has(key) && names.join() !== given.join();
    });
    return [...lost, ...extra, ...uneven.map(([key]) => `${name}: ${key} in ${language} fills in other names than in ${SOURCE}`)];
  });
}

function unused(name: string, texts: Map<string, Map<string, string>>, asked: Use[]): string[] {
  const own = asked.filter((use) => use.namespace === name);
  const isAsked = (key: string): boolean => own.some((use) => (use.isPrefix ? key.startsWith(use.key) : key === use.key));
  const keys = new Set([...(texts.get(SOURCE)?.keys() ?? [])].map(withoutPlural));
  return [...keys].filter((key) => !isAsked(key)).map((key) => `${name}: nobody asks for ${key}`);
}

function missing(namespaces: Map<string, Map<string, Map<string, string>>>, asked: Use[]): string[] {
  return asked.flatMap(({ namespace, key, isPrefix, where }) => {
    const keys = [...(namespaces.get(namespace)?.get(SOURCE)?.keys() ?? [])].map(withoutPlural);
    const isThere = keys.some((one) => (isPrefix ? one.startsWith(key) : one === key));
    return isThere ? [] : [`${where}: there is no text ${namespace}:${key}${isPrefix ? '…' : ''}`];
  });
}
