import type { NodeRequest } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, Form, TextField } from '@lyceum/ui';
import { useState } from 'react';

import { AssetField } from '../blocks/AssetField';
import { useEditor, type Asked } from '../editor-context';

/** Makes a node; blocks that are nothing without a file or an address are asked for it. */
export function AddForm({ asked: { kind, blockKind, parentId }, onDone }: { asked: Extract<Asked, { what: 'add' }>; onDone: () => void }) {
  const { t } = useTranslation('editor');
  const { courseId, change, select } = useEditor();
  const [title, setTitle] = useState(blockKind === null ? '' : t(`block.${blockKind}`));
  const [reference, setReference] = useState('');
  const [isAdding, setAdding] = useState(false);
  const isReady = title.trim() !== '' && (reference !== '' || (blockKind !== 'file' && blockKind !== 'embed'));
  const contents: Record<string, NodeRequest['content']> = {
    rich_text: { kind: 'rich_text', html: '' },
    video: { kind: 'video', sources: [], captions: [] },
    problem: { kind: 'problem', quiz_id: null },
    file: { kind: 'file', asset: reference },
    embed: { kind: 'embed', url: reference, presentation: 'frame' },
  };
  const send = async () => {
    setAdding(true);
    const content = blockKind === null ? {} : { content: contents[blockKind] ?? null };
    const done = await change({ what: 'add', title: title.trim(), request: { kind, title: title.trim(), parent_id: parentId, ...content } });
    setAdding(false);
    onDone();
    if (done?.id) select(done.id);
  };
  return (
    <Form
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) void send();
      }}
    >
      <TextField label={t('field.title')} autoFocus isRequired maxLength={255} value={title} onChange={setTitle} />
      {blockKind === 'file' && <AssetField courseId={courseId} label={t('file.label')} value={reference} onChange={setReference} />}
      {blockKind === 'embed' && <TextField label={t('embed.url')} description={t('embed.url-note')} type="url" isRequired pattern="https?://.+" value={reference} onChange={setReference} />}
      <Button type="submit" variant="primary" isDisabled={!isReady} isPending={isAdding} className="self-end">
        {t('add.action')}
      </Button>
    </Form>
  );
}
