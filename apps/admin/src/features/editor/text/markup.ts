/** The words of a text, paragraph by paragraph. Nothing of it is run or loaded. */
export function paragraphs(html: string): string[] {
  const { body } = new DOMParser().parseFromString(html.replace(/<(\/?(p|div|li|h[1-6]|tr|blockquote|pre|figcaption|dt|dd)\b|br)/gi, '\n<$1'), 'text/html');
  const words = body.textContent.split('\n').map((line) => line.replace(/\s+/g, ' ').trim());
  return words.filter(Boolean);
}

// The same thing under two names: an editor may write one for the other.
const names: Record<string, string> = { B: 'STRONG', I: 'EM', STRIKE: 'S', DEL: 'S' };
// What an editor adds or leaves out without changing the text: paragraphs inside items, the body of a table.
const light = new Set(['P', 'BR', 'TBODY', 'SPAN', 'COLGROUP', 'COL']);
const lightAttributes = new Set(['rel', 'target', 'style', 'class']);

/** The names of elements and attributes that `after` has fewer of than `before`: what an editor would lose. */
export function lost(before: string, after: string): string[] {
  const [had, has] = [count(before), count(after)];
  return [...had].filter(([name, number]) => number > (has.get(name) ?? 0)).map(([name]) => name.toLowerCase());
}

function count(html: string): Map<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const element of new DOMParser().parseFromString(html, 'text/html').body.querySelectorAll('*')) {
    const name = names[element.tagName] ?? element.tagName;
    if (!light.has(name)) add(name);
    for (const { name: attribute, value } of element.attributes) {
      if (!lightAttributes.has(attribute) && value !== '') add(`${name} ${attribute}`);
    }
  }
  return counts;
}

/** The path of a file of the course that a reference names: `asset:images/wave.png`; null for any other address. */
export function assetPath(address: string): string | null {
  const match = /^asset:([^#]+)/.exec(address);
  if (!match?.[1]) return null;
  try {
    return decodeURIComponent(match[1]);
  } catch {
    return match[1];
  }
}

/** The reference to a file of the course. */
export function assetReference(path: string): string {
  return `asset:${path.split('/').map(encodeURIComponent).join('/')}`;
}
