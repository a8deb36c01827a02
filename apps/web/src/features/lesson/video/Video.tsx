import { assetAddress } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Notice, OutsideLink } from '@lyceum/ui';
import { ExternalLink } from 'lucide-react';

import type { VideoContent } from '../contents-of-blocks';
import { Player } from './Player';

export interface VideoProps {
  courseId: string;
  blockId: string;
  title: string;
  video: VideoContent;
  startAt: number | null;
}

/** A video: our own player for files and streams, the provider's frame for YouTube. */
export function Video({ courseId, blockId, title, video, startAt }: VideoProps) {
  const { t } = useTranslation('lesson');
  const files = video.sources.filter(({ kind }) => kind !== 'youtube');
  const tube = video.sources.find(({ kind }) => kind === 'youtube');
  if (files.length > 0) {
    const sources = files.map(({ kind, value }) => (kind === 'asset' ? assetAddress(courseId, value) : value));
    const captions = video.captions.map(({ language, asset }) => ({ language, address: assetAddress(courseId, asset) }));
    return <Player courseId={courseId} blockId={blockId} title={title} sources={sources} captions={captions} startAt={startAt} />;
  }
  if (!tube) return <Notice tone="warn">{t('video.none')}</Notice>;
  const id = encodeURIComponent(tube.value);
  return (
    <div className="flex flex-col items-start gap-3">
      <iframe title={title} src={`https://www.youtube-nocookie.com/embed/${id}`} loading="lazy" allowFullScreen referrerPolicy="strict-origin-when-cross-origin" className="aspect-video w-full rounded-lg border border-line bg-sunken" />
      <OutsideLink variant="quiet" href={`https://www.youtube.com/watch?v=${id}`} icon={<ExternalLink size={18} aria-hidden />}>
        {t('video.youtube')}
      </OutsideLink>
    </div>
  );
}
