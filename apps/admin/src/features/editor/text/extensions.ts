import { assetAddress } from '@lyceum/api-client/course';
import { Extension, generateHTML, generateJSON, Mark, mergeAttributes, Node, type Extensions } from '@tiptap/core';
import StarterKit from '@tiptap/starter-kit';

import { assetPath } from './markup';

// Elements of running text and blocks around others that the server keeps and the starter kit does not know.
const marks = ['sub', 'sup', 'small', 'mark', 'kbd', 'samp', 'var', 'cite', 'abbr', 'dfn', 'q', 'ins', 'bdi'];
const wrappers = ['div', 'section', 'article', 'aside', 'header', 'footer', 'figure', 'figcaption'];

const inline = (tag: string) => Mark.create({ name: tag, parseHTML: () => [{ tag }], renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0] });
const around = (tag: string) =>
  Node.create({ name: tag, group: 'block', content: 'block+', parseHTML: () => [{ tag }], renderHTML: ({ HTMLAttributes }) => [tag, HTMLAttributes, 0] });

const kept = ['id', 'dir', 'lang', 'title'];
const Attributes = Extension.create({
  name: 'attributes',
  addGlobalAttributes() {
    const types = ['paragraph', 'heading', 'blockquote', 'bulletList', 'orderedList', 'listItem', 'codeBlock', 'image', ...marks, ...wrappers];
    return [{ types, attributes: Object.fromEntries(kept.map((name) => [name, { default: null }])) }];
  },
});

/** An image: its reference stays in the text, and is shown as the address of the course's file. */
const image = (courseId: string) =>
  Node.create({
    name: 'image',
    group: 'inline',
    inline: true,
    draggable: true,
    addAttributes: () => ({ src: { default: null }, alt: { default: '' }, width: { default: null }, height: { default: null } }),
    parseHTML: () => [{ tag: 'img[src]' }],
    renderHTML: ({ HTMLAttributes }) => ['img', mergeAttributes(HTMLAttributes)],
    addNodeView: () => ({ node }) => {
      const dom = document.createElement('img');
      const { src, alt } = node.attrs as { src: string | null; alt: string | null };
      const path = assetPath(src ?? '');
      dom.src = path === null ? (src ?? '') : assetAddress(courseId, path);
      dom.alt = alt ?? '';
      return { dom };
    },
  });

/** What the editor understands. References of the course (`asset:`, `node:`) stay as they are. */
export function extensions(courseId: string): Extensions {
  return [
    StarterKit.configure({
      link: {
        openOnClick: false,
        HTMLAttributes: { rel: null, target: null },
        isAllowedUri: (address, { defaultValidate }) => /^(asset|node):/.test(address) || defaultValidate(address),
      },
    }),
    Attributes,
    image(courseId),
    ...marks.map(inline),
    ...wrappers.map(around),
  ];
}

/** A text as the editor would write it. */
export function rewritten(html: string, known: Extensions): string {
  return generateHTML(generateJSON(html, known), known);
}
