import { assetAddress } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, Checkbox, Dialog, TextField } from '@lyceum/ui';
import type { Editor } from '@tiptap/core';
import { useState } from 'react';

import { AssetField } from '../blocks/AssetField';
import { assetReference } from './markup';

/** One of the course's images, with words for those who don't see it, unless it only decorates. */
export function ImageDialog({ courseId, editor, onClose }: { courseId: string; editor: Editor; onClose: () => void }) {
  const { t } = useTranslation('editor');
  const [path, setPath] = useState('');
  const [alt, setAlt] = useState('');
  const [decorates, setDecorates] = useState(false);
  const insert = () => {
    onClose();
    editor.chain().focus().insertContent({ type: 'image', attrs: { src: assetReference(path), alt: decorates ? '' : alt.trim() } }).run();
  };
  return (
    <Dialog isOpen onOpenChange={(isOpen) => !isOpen && onClose()} title={t('text.image')} width="md">
      <div className="flex flex-col gap-5">
        <AssetField courseId={courseId} label={t('text.image-file')} type="image/" value={path} onChange={setPath} />
        {path !== '' && (
          <>
            <img src={assetAddress(courseId, path)} alt="" className="max-h-48 self-start rounded-md border border-line" />
            <TextField label={t('text.alt')} description={t('text.alt-note')} isDisabled={decorates} value={alt} onChange={setAlt} />
            <Checkbox isSelected={decorates} onChange={setDecorates}>
              {t('text.decorates')}
            </Checkbox>
          </>
        )}
        <Button variant="primary" isDisabled={path === '' || (!decorates && alt.trim() === '')} onPress={insert} className="self-end">
          {t('text.insert')}
        </Button>
      </div>
    </Dialog>
  );
}
