// Writes src/generated/<module>.ts from the host's OpenAPI document; with --check, compares instead and fails on a difference.
import { generateEndpoints } from '@rtk-query/codegen-openapi';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const here = path.dirname(fileURLToPath(import.meta.url));
const document = path.resolve(here, '../../../host/src/lyceum_host/openapi.json');
const generated = path.resolve(here, '../src/generated');
const modules = ['assessment', 'auth', 'course', 'identity', 'platform', 'progress'];

// Tickets are for clients that have a token and can set no header on a WebSocket; the apps have a session.
const notForTheApps = new Set(['live']);

// Browsers follow these by themselves; asked for by script they would be answered with a redirection to another site.
const navigations = new Set(['startExternalSignIn', 'finishExternalSignIn', 'getAsset']);
// Sent by hand, see src/uploads.ts: the client must tell how far it is.
const uploads = new Set(['importCourse', 'uploadAsset']);

async function generate(module) {
  const source = await generateEndpoints({
    schemaFile: document,
    apiFile: '../api.ts',
    apiImport: 'api',
    exportName: `${module}Api`,
    hooks: { queries: true, lazyQueries: true, mutations: true },
    encodePathParams: true,
    encodeQueryParams: false,
    filterEndpoints: (name, { operation }) =>
      operation.tags?.includes(module) === true && !navigations.has(name) && !uploads.has(name),
  });
  if (typeof source !== 'string') throw new Error(`nothing was generated for ${module}`);
  return `// Generated from the host's OpenAPI document by \`npm run generate\`. Do not edit.\n${source}`;
}

async function operationTags() {
  const { paths } = JSON.parse(await readFile(document, 'utf8'));
  return new Set(Object.values(paths).flatMap((methods) => Object.values(methods).flatMap((operation) => operation.tags ?? [])));
}

const unknown = [...(await operationTags())].filter((tag) => !modules.includes(tag) && !notForTheApps.has(tag));
if (unknown.length > 0) throw new Error(`The API has modules that the client leaves out: ${unknown.join(', ')}`);

const check = process.argv.includes('--check');
let stale = 0;
for (const module of modules) {
  const file = path.join(generated, `${module}.ts`);
  const source = await generate(module);
  if (!check) await writeFile(file, source);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== source) {
    console.error(`${path.relative(process.cwd(), file)} is not what openapi.json says: run \`npm run generate\`.`);
    stale += 1;
  }
}
process.exitCode = stale > 0 ? 1 : 0;
