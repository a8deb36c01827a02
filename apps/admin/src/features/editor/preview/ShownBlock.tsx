import { assetAddress, useGetNodeQuery, type DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { ErrorState, Notice, OutsideLink, RichText } from '@lyceum/ui';
import { Download, ExternalLink } from 'lucide-react';

import type { Content, VideoContent } from '../blocks/contents';
import { withAddresses } from './addresses';
import { PlaceOfBlock } from './PlaceOfBlock';
import { ShownProblem } from './ShownProblem';

/** A block of the draft as learners will see it. */
export function ShownBlock({ courseId, block }: { courseId: string; block: DraftNode }) {
  const { currentData: node, error, isFetching, refetch } = useGetNodeQuery({ courseId, nodeId: block.id });
  if (node) return <Shown courseId={courseId} title={node.title} content={node.content as Content} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfBlock />;
}

function Shown({ courseId, title, content }: { courseId: string; title: string; content: Content }) {
  const { t } = useTranslation('editor');
  switch (content.kind) {
    case 'rich_text':
      return content.html === '' ? <p className="text-ink-2">{t('empty-content')}</p> : <RichText html={withAddresses(courseId, content.html)} />;
    case 'video':
      return <ShownVideo courseId={courseId} title={title} video={content} />;
    case 'problem':
      return content.quiz_id === null ? <Notice tone="warn">{t('problem.none')}</Notice> : <ShownProblem courseId={courseId} quizId={content.quiz_id} />;
    case 'file':
      return (
        <OutsideLink href={assetAddress(courseId, content.asset)} download icon={<Download size={18} aria-hidden />}>
          {t('file.download')}
        </OutsideLink>
      );
    case 'embed':
      return content.presentation === 'frame' ? (
        <iframe title={title} src={content.url} loading="lazy" allowFullScreen sandbox="allow-scripts allow-same-origin allow-forms allow-popups" referrerPolicy="no-referrer" className="aspect-video w-full rounded-lg border border-line bg-sunken" />
      ) : (
        <OutsideLink href={content.url} icon={<ExternalLink size={18} aria-hidden />}>
          {t('embed.open')}
        </OutsideLink>
      );
  }
}

function ShownVideo({ courseId, title, video }: { courseId: string; title: string; video: VideoContent }) {
  const { t } = useTranslation('editor');
  const file = video.sources.find(({ kind }) => kind !== 'youtube');
  const tube = video.sources.find(({ kind }) => kind === 'youtube');
  if (file) {
    return (
      // Captions are chosen in the learner's own player; here it is to see that the right video plays.
      // eslint-disable-next-line jsx-a11y/media-has-caption -- see above
      <video controls preload="metadata" aria-label={title} src={file.kind === 'asset' ? assetAddress(courseId, file.value) : file.value} className="aspect-video w-full rounded-lg bg-sunken" />
    );
  }
  if (!tube) return <Notice tone="warn">{t('video.no-sources')}</Notice>;
  return <iframe title={title} src={`https://www.youtube-nocookie.com/embed/${encodeURIComponent(tube.value)}`} loading="lazy" allowFullScreen referrerPolicy="strict-origin-when-cross-origin" className="aspect-video w-full rounded-lg border border-line bg-sunken" />;
}
