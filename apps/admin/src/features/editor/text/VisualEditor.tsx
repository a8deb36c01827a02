import './editor.css';

import { useTranslation } from '@lyceum/i18n';
import type { Extensions } from '@tiptap/core';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef } from 'react';

import { Tools } from './Tools';

export interface VisualEditorProps {
  courseId: string;
  /** What it is, for those who don't see its place. */
  label: string;
  html: string;
  known: Extensions;
  onChange: (html: string) => void;
  /** For a line or two instead of a page. */
  isSmall?: boolean;
}

/** Text as its readers will see it. */
export function VisualEditor({ courseId, label, html, known, onChange, isSmall = false }: VisualEditorProps) {
  const { t } = useTranslation('editor');
  const written = useRef(html);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });
  const editor = useEditor({
    extensions: known,
    content: html,
    injectCSS: false,
    editorProps: {
      attributes: {
        class: isSmall ? 'prose min-h-14 max-w-none px-3 py-2 text-base' : 'prose mx-auto min-h-72 px-4 py-5 sm:px-6',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        dir: 'auto',
      },
    },
    onUpdate: ({ editor: own }) => {
      written.current = own.isEmpty ? '' : own.getHTML();
      changed.current(written.current);
    },
  });
  // Another version of the text was chosen: it did not come out of this editor.
  useEffect(() => {
    if (html === written.current) return;
    written.current = html;
    editor.commands.setContent(html, { emitUpdate: false });
  }, [editor, html]);
  return (
    <div className="rounded-lg border border-edge/70 bg-raised focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-focus">
      <Tools courseId={courseId} editor={editor} label={t('text.tools', { label })} isSmall={isSmall} />
      <EditorContent editor={editor} />
    </div>
  );
}
