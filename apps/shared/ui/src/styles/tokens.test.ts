import { readFileSync } from 'node:fs';
import path from 'node:path';

const css = readFileSync(path.join(__dirname, 'tokens.css'), 'utf8');

function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const block = new RegExp(`\\[data-theme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name ?? '', value ?? '']));
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['surface', 'raised', 'sunken'];
// Text, 4.5 : 1 (success criterion 1.4.3): each colour on what it stands on.
const text: [string, string[]][] = [
  ['ink', [...grounds, 'accent-soft', 'ok-soft', 'warn-soft', 'bad-soft']],
  ['ink-2', grounds],
  ['accent', [...grounds, 'accent-soft']],
  ['accent-strong', grounds],
  ['on-accent', ['accent', 'accent-strong']],
  ['ok', [...grounds, 'ok-soft']],
  ['warn', [...grounds, 'warn-soft']],
  ['bad', [...grounds, 'bad-soft']],
  ['surface', ['ink']],
];
// Borders of controls and the focus ring, 3 : 1 (1.4.11).
const shapes: [string, string[]][] = [
  ['edge', grounds],
  ['focus', grounds],
  ['accent', grounds],
];
const pairs = (kind: [string, string[]][]) => kind.flatMap(([front, backs]) => backs.map((back): [string, string] => [front, back]));

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  const colours = tokens(theme);
  const ratio = (front: string, back: string) => contrast(colours.get(front) ?? '#000000', colours.get(back) ?? '#000000');

  test.each(pairs(text))('%s can be read on %s', (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(pairs(shapes))('%s can be seen on %s', (front, back) => {
    expect(ratio(front, back)).toBeGreaterThanOrEqual(3);
  });
});

test('black on white has the contrast of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
});

test('both themes have the same tokens', () => {
  expect([...tokens('dark').keys()]).toEqual([...tokens('light').keys()]);
});
