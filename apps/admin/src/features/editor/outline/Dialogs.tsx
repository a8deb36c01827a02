import { useTranslation } from '@lyceum/i18n';
import { AlertDialog, Button, Dialog, Form, TextField } from '@lyceum/ui';
import type { DraftNode } from '@lyceum/api-client/course';
import { useState } from 'react';

import { useEditor, type Asked } from '../editor-context';
import { AddForm } from './AddForm';
import { walk } from './moves';

/** The dialog that was asked for, over everything. */
export function Dialogs({ asked, close }: { asked: Asked | null; close: () => void }) {
  const { t } = useTranslation('editor');
  if (!asked) return null;
  const frame = { isOpen: true, onOpenChange: (isOpen: boolean) => !isOpen && close() };
  switch (asked.what) {
    case 'add':
      return (
        <Dialog {...frame} title={asked.blockKind === null ? t(`add.${asked.kind}`) : t(`block.${asked.blockKind}`)}>
          <AddForm asked={asked} onDone={close} />
        </Dialog>
      );
    case 'rename':
      return (
        <Dialog {...frame} title={t('rename')}>
          <RenameForm node={asked.node} onDone={close} />
        </Dialog>
      );
    case 'remove':
      return <RemoveQuestion {...frame} node={asked.node} />;
  }
}

function RenameForm({ node, onDone }: { node: DraftNode; onDone: () => void }) {
  const { t } = useTranslation('editor');
  const { change } = useEditor();
  const [title, setTitle] = useState(node.title);
  return (
    <Form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        onDone();
        if (title.trim() !== node.title) void change({ what: 'edit', title: node.title, nodeId: node.id, edit: { title: title.trim() } });
      }}
    >
      <TextField label={t('field.title')} autoFocus isRequired maxLength={255} pattern=".*\S.*" value={title} onChange={setTitle} />
      <Button type="submit" variant="primary" className="self-end">
        {t('save')}
      </Button>
    </Form>
  );
}

function RemoveQuestion({ node, ...frame }: { node: DraftNode; isOpen: boolean; onOpenChange: (isOpen: boolean) => void }) {
  const { t } = useTranslation('editor');
  const { change, selected, select } = useEditor();
  const inside = walk(node.children);
  const act = (close: () => void) => {
    close();
    if (selected === node.id || inside.some(({ id }) => id === selected)) select(null);
    void change({ what: 'remove', title: node.title, nodeId: node.id });
  };
  return (
    <AlertDialog {...frame} title={t('remove-title', { title: node.title })} tone="danger" action={t('remove')} onAction={act}>
      {inside.length > 0 ? t('remove-with', { count: inside.length }) : t('remove-detail')}
    </AlertDialog>
  );
}
