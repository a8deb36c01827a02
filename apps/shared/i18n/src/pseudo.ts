import type { Messages } from './messages';

const accented: Record<string, string> = {
  a: 'á', c: 'ç', d: 'ð', e: 'é', g: 'ğ', i: 'í', k: 'ķ', l: 'ł', n: 'ñ', o: 'ö', r: 'ř', s: 'š', t: 'ţ', u: 'ü', y: 'ý', z: 'ž',
  A: 'Á', C: 'Ç', D: 'Ð', E: 'É', G: 'Ğ', I: 'Í', L: 'Ł', N: 'Ñ', O: 'Ö', S: 'Š', T: 'Ţ', U: 'Ü', Y: 'Ý',
};

// What must stay as it is: interpolations, nested texts and tags.
const untouched = /(\{\{.*?\}\}|\$t\(.*?\)|<[^>]*>)/;

/** A text as no language has it: accents on its letters, brackets around it, and a third longer. */
export function pseudoText(text: string): string {
  const changed = text
    .split(untouched)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[A-Za-z]/g, (letter) => accented[letter] ?? letter)))
    .join('');
  return `[${changed}${' ~'.repeat(Math.ceil(text.length / 6))}]`;
}

export function pseudo(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]) => [key, typeof value === 'string' ? pseudoText(value) : pseudo(value)]),
  );
}
