// Every text in every language, none that nobody asks for, and none that is asked for in vain.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { LANGUAGES } from '../shared/i18n/src/languages.ts';
import { readMessages, sourceFiles, uses } from './locale-keys.ts';
import { problems } from './locale-problems.ts';

const apps = path.resolve(import.meta.dirname, '..');
const languages = LANGUAGES.map(({ code }) => code);

function check(folder: string): string[] {
  const src = path.join(apps, folder, 'src');
  const files = sourceFiles(src, /\.json$/).filter((file) => file.includes('/locales/'));
  const texts = files.map((file) => ({ path: path.relative(apps, file), messages: readMessages(file) }));
  const asked = sourceFiles(src, /\.tsx?$/).flatMap((file) => uses(path.relative(apps, file), readFileSync(file, 'utf8')));
  return problems(texts, languages, asked);
}

const found = ['shared/ui', 'web', 'admin'].flatMap(check);
for (const line of found) console.error(line);
if (found.length === 0) console.log(`All texts are there in ${languages.join(', ')}.`);
process.exitCode = found.length > 0 ? 1 : 0;
