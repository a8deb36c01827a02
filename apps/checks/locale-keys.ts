// Which texts the code asks for, and which the files of texts have.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** A text that a source file asks for: `key` is exact, or the beginning of keys that are put together while running. */
export interface Use {
  namespace: string;
  key: string;
  isPrefix: boolean;
  where: string;
}

export interface Messages {
  [key: string]: string | Messages;
}

const PLURAL = /_(zero|one|two|few|many|other)$/;

/** The keys of nested texts, joined by dots, with their texts. */
export function flatten(messages: Messages, prefix = ''): Map<string, string> {
  const entries = Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** `file.choose` for `file.choose_one`. */
export function withoutPlural(key: string): string {
  return key.replace(PLURAL, '');
}

/** The forms that a language needs of a text that counts, such as `one` and `other`. */
export function pluralForms(language: string): string[] {
  return [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
}

export function isPlural(key: string): boolean {
  return PLURAL.test(key);
}

/** The names that a text has filled in, such as `{{date}}`. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name]) => name ?? ''))].sort();
}

/**
 * The texts that a file asks for through `t` of `useTranslation('<namespace>')`, through `i18nKey` of Trans, and by
 * `'<namespace>:<key>'`. Keys put together by a template count by what they begin with.
 */
export function uses(file: string, source: string): Use[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Use[] = [];
  const namespaces = [...source.matchAll(/useTranslation\(\s*'([^']+)'/g)].map(([, name]) => name ?? '');
  const only = new Set(namespaces).size <= 1 ? namespaces[0] : undefined;
  const add = (node: ts.Node): void => {
    const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
    const text = ts.isStringLiteralLike(node) ? node.text : ts.isTemplateExpression(node) ? node.head.text : undefined;
    if (text === undefined) {
      if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(add);
      return;
    }
    const [first, second] = text.split(':', 2);
    const namespace = second === undefined ? (only ?? '?') : (first ?? '');
    found.push({ namespace, key: second ?? text, isPrefix: ts.isTemplateExpression(node), where: `${file}:${line + 1}` });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /(^|\.)t$/.test(node.expression.getText()) && node.arguments[0]) add(node.arguments[0]);
    if (ts.isJsxAttribute(node) && node.name.getText() === 'i18nKey' && node.initializer) {
      add(ts.isJsxExpression(node.initializer) && node.initializer.expression ? node.initializer.expression : node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return found;
}

/** All files below a folder that are our own source. */
export function sourceFiles(folder: string, ending: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !/node_modules|\/dist\/|\/generated\/|\.test\.tsx?$/.test(file));
}

export function readMessages(file: string): Messages {
  return JSON.parse(readFileSync(file, 'utf8')) as Messages;
}
