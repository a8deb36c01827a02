import { useTranslation } from '@lyceum/i18n';
import { IconButton } from '@lyceum/ui';
import { Tool, Toolbar, ToolSeparator } from '@lyceum/ui/toolbar';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  Bold, Code, Heading2, Heading3, Heading4, Image, Italic, Link, List, ListOrdered, Minus, Quote, Redo2, SquareCode, Subscript, Superscript, Undo2, type LucideIcon,
} from 'lucide-react';
import { useState } from 'react';

import { ImageDialog } from './ImageDialog';
import { LinkDialog } from './LinkDialog';

const icon = { size: 18, 'aria-hidden': true } as const;

interface ToolsProps {
  courseId: string;
  editor: Editor;
  label: string;
  isSmall: boolean;
}

/** What can be done with a text. */
export function Tools({ courseId, editor, label, isSmall }: ToolsProps) {
  const { t } = useTranslation('editor');
  const [dialog, setDialog] = useState<'link' | 'image' | null>(null);
  const state = useEditorState({
    editor,
    selector: ({ editor: own }) => ({
      bold: own.isActive('bold'),
      italic: own.isActive('italic'),
      code: own.isActive('code'),
      sub: own.isActive('sub'),
      sup: own.isActive('sup'),
      h2: own.isActive('heading', { level: 2 }),
      h3: own.isActive('heading', { level: 3 }),
      h4: own.isActive('heading', { level: 4 }),
      bulletList: own.isActive('bulletList'),
      orderedList: own.isActive('orderedList'),
      blockquote: own.isActive('blockquote'),
      codeBlock: own.isActive('codeBlock'),
      link: own.isActive('link'),
      canUndo: own.can().undo(),
      canRedo: own.can().redo(),
    }),
  });
  const now = () => editor.chain().focus();
  const marks: [keyof typeof state, string, LucideIcon, () => void][] = [
    ['bold', t('text.bold'), Bold, () => now().toggleBold().run()],
    ['italic', t('text.italic'), Italic, () => now().toggleItalic().run()],
    ['code', t('text.code'), Code, () => now().toggleCode().run()],
    ['sub', t('text.sub'), Subscript, () => now().toggleMark('sub').run()],
    ['sup', t('text.sup'), Superscript, () => now().toggleMark('sup').run()],
  ];
  const headings: typeof marks = [
    ['h2', t('text.h2'), Heading2, () => now().toggleHeading({ level: 2 }).run()],
    ['h3', t('text.h3'), Heading3, () => now().toggleHeading({ level: 3 }).run()],
    ['h4', t('text.h4'), Heading4, () => now().toggleHeading({ level: 4 }).run()],
  ];
  const blocks: typeof marks = [
    ['bulletList', t('text.bullets'), List, () => now().toggleBulletList().run()],
    ['orderedList', t('text.numbers'), ListOrdered, () => now().toggleOrderedList().run()],
    ['blockquote', t('text.quote'), Quote, () => now().toggleBlockquote().run()],
    ['codeBlock', t('text.code-block'), SquareCode, () => now().toggleCodeBlock().run()],
  ];
  const groups = isSmall ? [marks, blocks.slice(0, 2)] : [marks, headings, blocks];
  return (
    <>
      <Toolbar label={label} className="rounded-t-lg border-b border-line bg-surface p-1">
        {groups.map((group, index) => (
          <span key={index} className="contents">
            {index > 0 && <ToolSeparator />}
            {group.map(([name, words, Icon, act]) => (
              <Tool key={name} label={words} isSelected={state[name]} onChange={act}>
                <Icon {...icon} />
              </Tool>
            ))}
          </span>
        ))}
        <ToolSeparator />
        <Tool label={t('text.link')} isSelected={state.link} onChange={() => setDialog('link')}>
          <Link {...icon} />
        </Tool>
        <IconButton label={t('text.image')} className="text-ink-2" onPress={() => setDialog('image')}>
          <Image {...icon} />
        </IconButton>
        {!isSmall && (
          <>
            <IconButton label={t('text.rule')} className="text-ink-2" onPress={() => now().setHorizontalRule().run()}>
              <Minus {...icon} />
            </IconButton>
            <ToolSeparator />
            <IconButton label={t('text.undo')} className="text-ink-2" isDisabled={!state.canUndo} onPress={() => now().undo().run()}>
              <Undo2 {...icon} className="rtl:-scale-x-100" />
            </IconButton>
            <IconButton label={t('text.redo')} className="text-ink-2" isDisabled={!state.canRedo} onPress={() => now().redo().run()}>
              <Redo2 {...icon} className="rtl:-scale-x-100" />
            </IconButton>
          </>
        )}
      </Toolbar>
      {dialog === 'link' && <LinkDialog editor={editor} onClose={() => setDialog(null)} />}
      {dialog === 'image' && <ImageDialog courseId={courseId} editor={editor} onClose={() => setDialog(null)} />}
    </>
  );
}
