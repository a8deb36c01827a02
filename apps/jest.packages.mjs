import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

import { rolldown } from 'rolldown';

const APPS = import.meta.dirname;
const CACHE = path.join(APPS, 'node_modules/.cache/jest-packages');
const SOURCES = ['web/src', 'admin/src', 'shared'];
// React is a few files only, and looks for Node by what a module has there and in a bundle has not.
const REACT = /^react(-dom)?(\/|$)/;
// In `import … from 'x'`, `import 'x'` and `import('x')`: neither a file beside it, nor ours, nor Node's own.
const IMPORTED = /(?:\bfrom |\bimport |\bimport\()'(?![./]|@lyceum\/|node:)([^']+)'/g;

/**
 * What `moduleNameMapper` needs to take the packages that the sources import out of a few files. Jest loads every module anew for
 * each suite, and these packages have two thousand: finding and reading them took half of the tests' time. They are bundled once
 * per lock file, together, so that whatever two of them share is there once.
 */
export async function bundledPackages() {
  const importers = packagesImported();
  const names = [...importers.keys()].sort();
  const hash = createHash('sha256');
  for (const content of [...names, readFileSync(path.join(APPS, 'package-lock.json')), readFileSync(import.meta.filename)]) hash.update(content);
  const folder = path.join(CACHE, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await bundle(importers, folder);
  return Object.fromEntries(names.map((name) => [`^${name}$`, path.join(folder, fileOf(name))]));
}

/** The packages by the name under which they are imported, each with a file that imports it. */
function packagesImported() {
  const found = new Map();
  for (const source of SOURCES) {
    for (const name of readdirSync(path.join(APPS, source), { recursive: true })) {
      if (!/\.tsx?$/.test(name) || name.includes('node_modules')) continue;
      const file = path.join(APPS, source, name);
      for (const [, imported] of readFileSync(file, 'utf8').matchAll(IMPORTED)) if (!REACT.test(imported)) found.set(imported, file);
    }
  }
  return found;
}

const fileOf = (name) => `${name.replaceAll('/', '__')}.cjs`;

async function bundle(importers, folder) {
  const built = await rolldown({
    input: Object.fromEntries([...importers.keys()].map((name) => [fileOf(name), name])),
    external: REACT,
    platform: 'node',
    resolve: { conditionNames: ['node', 'import', 'default'] },
    transform: { define: { 'process.env.NODE_ENV': '"test"' } },
    // Of packages that have a default export beside others, and of directives that mean nothing to Node.
    checks: { mixedExports: false, moduleLevelDirective: false },
    // A workspace can have packages of its own.
    plugins: [{ name: 'from-importer', resolveId: { order: 'pre', handler(name, importer) { return importer === undefined ? this.resolve(name, importers.get(name), { skipSelf: true }) : null; } } }],
  });
  // Under another name until it is complete: several may do this at the same time.
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${folder}-`);
  await built.write({ dir: unfinished, format: 'cjs', exports: 'auto', entryFileNames: '[name]', chunkFileNames: '[hash].cjs', comments: false });
  await built.close();
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(unfinished, { recursive: true });
  }
}
