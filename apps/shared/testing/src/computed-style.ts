// They are of the element what they are of its parent, unless it says so itself.
const INHERITED = new Set(['visibility', 'pointer-events']);
// With these an element of a name looks otherwise: not at all, above all.
const TELLING = ['hidden', 'type', 'open'];

const jsdoms = globalThis.getComputedStyle;
const kinds = new Map<string, CSSStyleDeclaration>();

/**
 * Instead of jsdom's `getComputedStyle`, which tries every rule of its style sheet on every element that something asks for, again after
 * each change of the page, and works out twelve colours of each: an eighth of the tests' time. Here the rules are tried once for each kind
 * of element, so no rule applies that depends on where an element is or on its classes. None does: no style sheet of ours is loaded, and
 * those who ask (searches by role, `toBeVisible`, axe, user-event) want to know what is shown and what takes the pointer.
 */
export function computedStyle(element: Element): CSSStyleDeclaration {
  const getPropertyValue = (name: string) => valueOf(element, name);
  return new Proxy({ getPropertyValue } as CSSStyleDeclaration, {
    get: (methods, name) => (typeof name === 'symbol' || name in methods ? Reflect.get(methods, name) as unknown : getPropertyValue(dashed(name))),
  });
}

function valueOf(element: Element, name: string): string {
  const own = ownValue(element, name);
  if (own !== '') return own;
  if (INHERITED.has(name) && element.parentElement) return valueOf(element.parentElement, name);
  return ofItsKind(element).getPropertyValue(name);
}

function ownValue(element: Element, name: string): string {
  return element.hasAttribute('style') && 'style' in element ? (element.style as CSSStyleDeclaration).getPropertyValue(name) : '';
}

function ofItsKind(element: Element): CSSStyleDeclaration {
  const told = TELLING.filter((name) => element.hasAttribute(name)).map((name) => [name, element.getAttribute(name) ?? ''] as const);
  const kind = `${element.namespaceURI ?? ''} ${element.localName} ${told.join(' ')}`;
  const known = kinds.get(kind);
  if (known) return known;
  const one = document.createElementNS(element.namespaceURI, element.localName);
  for (const [name, value] of told) one.setAttribute(name, value);
  const style = jsdoms.call(globalThis, one);
  kinds.set(kind, style);
  return style;
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
