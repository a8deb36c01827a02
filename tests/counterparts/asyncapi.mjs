// Reads AsyncAPI documents, each a line of JSON text, and answers each with a line of what its parser has against it.
import { Parser } from '@asyncapi/parser';
import { createInterface } from 'node:readline';

const WARNING = 1; // and 0 is an error; what follows is advice
const parser = new Parser();
for await (const line of createInterface({ input: process.stdin })) {
  const { document, diagnostics } = await parser.parse(line);
  const found = diagnostics.filter(({ severity }) => severity <= WARNING).map(({ path, message }) => `${path.join('/')}: ${message}`);
  const channels = document?.channels().all().map((channel) => channel.address()) ?? [];
  console.log(JSON.stringify({ found, channels }));
}
