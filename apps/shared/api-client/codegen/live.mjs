// Writes src/generated/live.ts from the JSON Schemas of what is said at /ws/v1; with --check, compares instead and fails on a difference.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

const here = import.meta.dirname;
const contracts = path.resolve(here, '../../../../packages/runtime/contracts/live');
const file = path.resolve(here, '../src/generated/live.ts');
const documents = { ClientMessage: 'client-message.json', ServerMessage: 'server-message.json' };

const nameOf = (reference) => reference.split('/').at(-1);

/** The type of a schema, of the few kinds that these documents have. One of another kind ends the run. */
function typeOf(schema) {
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' | ');
  if (schema.type === 'string' || schema.type === 'null') return schema.type;
  if (Object.keys(schema).length === 0) return 'unknown';
  throw new Error(`no type is known for ${JSON.stringify(schema)}`);
}

function comment(text, indent = '') {
  return text === undefined ? '' : `${indent}/** ${text.replaceAll(/\s+/g, ' ')} */\n`;
}

function declaration([name, schema]) {
  if (schema.type !== 'object') return `export type ${name} = ${typeOf(schema)};\n`;
  const fields = Object.entries(schema.properties).map(
    ([field, of]) => `${comment(of.description, '  ')}  ${field}${schema.required.includes(field) ? '' : '?'}: ${typeOf(of)};\n`,
  );
  return `${comment(schema.description)}export interface ${name} {\n${fields.join('')}}\n`;
}

async function generate() {
  const parts = ['// Generated from the contracts of live updates by `npm run generate`. Do not edit.\n'];
  for (const [name, document] of Object.entries(documents)) {
    const { title, $defs, oneOf } = JSON.parse(await readFile(path.join(contracts, document), 'utf8'));
    parts.push(...Object.entries($defs).map(declaration), `${comment(title)}export type ${name} = ${oneOf.map(typeOf).join(' | ')};\n`);
  }
  return parts.join('\n');
}

const source = await generate();
if (!process.argv.includes('--check')) await writeFile(file, source);
else if ((await readFile(file, 'utf8').catch(() => '')) !== source) {
  console.error(`${path.relative(process.cwd(), file)} is not what the contracts say: run \`npm run generate\`.`);
  process.exitCode = 1;
}
