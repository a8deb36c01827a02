import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { namespaceOf, type MessageFiles } from '@lyceum/i18n';

/** The texts that the test's app has: its own and the kit's. Found by where the test's file is. */
export function messageFiles(): { files: MessageFiles; namespaces: string[] } {
  const test = expect.getState().testPath ?? '';
  const apps = path.resolve(__dirname, '../../..');
  const app = ['web', 'admin'].find((name) => test.startsWith(path.join(apps, name) + path.sep));
  const folders = [path.join(apps, 'shared/ui/src'), ...(app ? [path.join(apps, app, 'src')] : [])];
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /(^|\/)locales\/[^/]+\.json$/.test(file))
      .map((file) => path.join(folder, file)),
  );
  const files = Object.fromEntries(paths.map((file) => [file, () => Promise.resolve(JSON.parse(readFileSync(file, 'utf8')) as unknown)]));
  return { files, namespaces: [...new Set(paths.map(namespaceOf))] };
}
