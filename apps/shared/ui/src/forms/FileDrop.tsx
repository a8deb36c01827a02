import { useTranslation } from '@lyceum/i18n';
import { FileUp } from 'lucide-react';
import { Button as AriaButton, DropZone, FileTrigger, Text, type DropItem } from 'react-aria-components';

import { buttonClasses } from '../actions/button-look';

export interface FileDropProps {
  /** What is to be dropped here. */
  label: string;
  /** Kinds and sizes that are taken. */
  description?: string;
  /** Media types or endings, as an input's `accept` has them. */
  accept?: readonly string[];
  allowsMultiple?: boolean;
  isDisabled?: boolean;
  onFiles: (files: File[]) => void;
}

/** Takes files by dropping, pasting or choosing. It does not check them: the server does. */
export function FileDrop({ label, description, accept, allowsMultiple = false, isDisabled = false, onFiles }: FileDropProps) {
  const { t } = useTranslation('ui');
  const take = async (items: DropItem[]) => {
    const files = await Promise.all(items.flatMap((item) => (item.kind === 'file' ? [item.getFile()] : [])));
    if (files.length > 0) onFiles(allowsMultiple ? files : files.slice(0, 1));
  };
  return (
    <DropZone
      isDisabled={isDisabled}
      aria-label={label}
      onDrop={({ items }) => void take(items)}
      className="flex flex-col items-center gap-3 rounded-lg border-2 border-dashed border-edge/60 bg-raised px-6 py-10 text-center transition-colors data-drop-target:border-accent data-drop-target:bg-accent-soft data-disabled:opacity-50"
    >
      <FileUp size={32} strokeWidth={1.5} aria-hidden className="text-accent" />
      <Text slot="label" className="text-lg font-medium">
        {label}
      </Text>
      {description !== undefined && <p className="max-w-md text-sm text-ink-2">{description}</p>}
      <FileTrigger
        acceptedFileTypes={accept}
        allowsMultiple={allowsMultiple}
        onSelect={(list) => {
          if (list && list.length > 0) onFiles([...list]);
        }}
      >
        <AriaButton isDisabled={isDisabled} className={buttonClasses('secondary', 'md')}>
          {t('file.choose', { count: allowsMultiple ? 2 : 1 })}
        </AriaButton>
      </FileTrigger>
    </DropZone>
  );
}
