/** The texts of one namespace in one language, by keys that may nest. */
export interface Messages {
  [key: string]: string | Messages;
}

/** Loads the texts of a language by the path of their file, as `import.meta.glob` with `import: 'default'` gives it. */
export type MessageFiles = Record<string, () => Promise<unknown>>;

/**
 * The namespace of a file of texts, by where it is: `features/<name>/locales/` is the feature's own, `ui/src/locales/` the kit's
 * (`ui`), and the `locales/` of an app's `src` what all its features share (`app`).
 */
export function namespaceOf(path: string): string {
  const feature = /features\/([^/]+)\/locales\//.exec(path)?.[1];
  if (feature !== undefined) return feature;
  return /(^|\/)ui\/src\/locales\//.test(path) ? 'ui' : 'app';
}

export function languageOf(path: string): string {
  return /([^/]+)\.json$/.exec(path)?.[1] ?? '';
}

/** Where the texts of a namespace in a language come from; undefined where nobody has written any. */
export function findMessages(files: MessageFiles, language: string, namespace: string): (() => Promise<unknown>) | undefined {
  return Object.entries(files).find(([path]) => languageOf(path) === language && namespaceOf(path) === namespace)?.[1];
}
