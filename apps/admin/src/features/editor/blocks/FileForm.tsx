import { assetAddress } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { OutsideLink } from '@lyceum/ui';
import { Download } from 'lucide-react';

import { AssetField } from './AssetField';
import type { FileContent } from './contents';

/** A file to download. */
export function FileForm({ courseId, content, onChange }: { courseId: string; content: FileContent; onChange: (content: FileContent) => void }) {
  const { t } = useTranslation('editor');
  return (
    <div className="flex max-w-2xl flex-col items-stretch gap-4">
      <AssetField courseId={courseId} label={t('file.label')} value={content.asset} onChange={(asset) => onChange({ ...content, asset })} />
      <OutsideLink href={assetAddress(courseId, content.asset)} download icon={<Download size={18} aria-hidden />} className="self-start">
        {t('file.download')}
      </OutsideLink>
    </div>
  );
}
