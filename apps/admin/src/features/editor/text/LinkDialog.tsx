import { useTranslation } from '@lyceum/i18n';
import { Button, Dialog, Form, TextField } from '@lyceum/ui';
import type { Editor } from '@tiptap/core';
import { useState } from 'react';

/** Where a link leads. An address without a scheme is one of the web. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('editor');
  const before = editor.getAttributes('link').href as unknown;
  const [address, setAddress] = useState(typeof before === 'string' ? before : '');
  const act = (set: boolean) => {
    onClose();
    const text = address.trim();
    const href = /^[a-z][a-z0-9+.-]*:|^#/i.test(text) ? text : `https://${text}`;
    const at = editor.chain().focus().extendMarkRange('link');
    if (!set) at.unsetLink().run();
    else if (editor.state.selection.empty && before === undefined) at.insertContent({ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }).run();
    else at.setLink({ href }).run();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={t('text.link')}>
      <Form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          act(true);
        }}
      >
        <TextField label={t('text.address')} autoFocus isRequired value={address} onChange={setAddress} />
        <div className="flex flex-wrap justify-end gap-3">
          {before !== undefined && <Button onPress={() => act(false)}>{t('text.no-link')}</Button>}
          <Button type="submit" variant="primary">
            {t('text.set-link')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
