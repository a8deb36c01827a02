/** The words of HTML that is nothing but words, or paragraphs of them; null where there is more to it. */
export function asPlain(html: string): string | null {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const elements = [...body.querySelectorAll('*')];
  if (elements.some((element) => !['P', 'BR'].includes(element.tagName) || element.attributes.length > 0)) return null;
  const blocks = [...body.children].filter(({ tagName }) => tagName === 'P');
  if (blocks.length === 0) return elements.length === 0 ? body.textContent : null;
  const hasMore = [...body.childNodes].some((node) => node.nodeName !== 'P' && node.textContent?.trim() !== '');
  if (hasMore || elements.some(({ tagName }) => tagName === 'BR')) return null;
  return blocks.map(({ textContent }) => textContent).join('\n');
}

/** Words as HTML, a paragraph for each line; a single line needs none. */
export function asHtml(words: string): string {
  const lines = words.split('\n').map((line) => line.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;'));
  return lines.length === 1 ? (lines[0] ?? '') : lines.map((line) => `<p>${line}</p>`).join('');
}
