import { assetAddress, type BlockView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge, Card, Loading, Notice, OutsideLink, RichText, Skeleton } from '@lyceum/ui';
import { useComing, useIsShown } from '@lyceum/ui/all-at-once';
import { Download, ExternalLink } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';

import { PlaceOfQuestion } from '../question-place';
import { embedOf, fileOf, htmlOf, quizOf, videoOf } from './contents-of-blocks';
import { useViewed } from './use-viewed';

// Questions come with the first of them, the player with the first video.
const Problem = lazy(async () => ({ default: (await import('../practice')).Problem }));
const Video = lazy(async () => ({ default: (await import('./video/Video')).Video }));

export interface BlockProps {
  courseId: string;
  block: BlockView;
  /** The page's title says it already. */
  isAlone: boolean;
  isDone: boolean;
  onProgress: () => void;
  /** Where a video goes on, in seconds, as the server knows it of another device perhaps. */
  startAt: number | null;
}

/** One block of a page. That it was seen is told to the server, which decides what that counts for. */
export function Block({ courseId, block, isAlone, isDone, onProgress, startAt }: BlockProps) {
  const { t } = useTranslation('lesson');
  const frame = useViewed(courseId, block.id, onProgress);
  const isShown = useIsShown();
  const { hash } = useLocation();
  useEffect(() => {
    // Links of what is left, and of a search, lead to a part of the page, which may have come just now.
    const target = isShown && hash !== '' ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
    if (target && frame.current?.contains(target)) target.scrollIntoView();
  }, [frame, hash, isShown]);
  const isProblem = block.kind === 'problem';
  const inside = <Content courseId={courseId} block={block} isDone={isDone} onProgress={onProgress} startAt={startAt} />;
  return (
    <section ref={frame} id={block.id} className="scroll-mt-24" aria-label={block.title}>
      {!isAlone && (
        <h2 className="mb-3 flex flex-wrap items-center gap-3 text-xl">
          <span dir="auto">{block.title}</span>
          {block.optional && <Badge>{t('optional')}</Badge>}
        </h2>
      )}
      {isProblem ? <Card className="p-5 sm:p-6">{inside}</Card> : inside}
    </section>
  );
}

function Content({ courseId, block, isDone, onProgress, startAt }: Omit<BlockProps, 'isAlone'>) {
  const { t } = useTranslation('lesson');
  switch (block.kind) {
    case 'rich_text':
      return <Text html={htmlOf(block)} />;
    case 'problem': {
      const quizId = quizOf(block);
      if (quizId === null) return <Notice>{t('no-question')}</Notice>;
      return (
        <Suspense fallback={<PlaceOfQuestion />}>
          <Problem quizId={quizId} isDone={isDone} onProgress={onProgress} />
        </Suspense>
      );
    }
    case 'file':
      return (
        <OutsideLink href={assetAddress(courseId, fileOf(block))} download icon={<Download size={18} aria-hidden />}>
          {t('download')}
        </OutsideLink>
      );
    case 'embed': {
      const { url, presentation } = embedOf(block);
      if (presentation === 'frame') {
        return <iframe title={block.title} src={url} loading="lazy" allowFullScreen sandbox="allow-scripts allow-same-origin allow-forms allow-popups" referrerPolicy="no-referrer" className="aspect-video w-full rounded-lg border border-line bg-sunken" />;
      }
      return (
        <OutsideLink href={url} icon={<ExternalLink size={18} aria-hidden />}>
          {t('open-elsewhere')}
        </OutsideLink>
      );
    }
    case 'video':
      return (
        <Suspense fallback={<PlaceOfVideo />}>
          <Video courseId={courseId} title={block.title} video={videoOf(block)} blockId={block.id} startAt={startAt} />
        </Suspense>
      );
  }
}

function PlaceOfVideo() {
  useComing();
  return (
    <Loading>
      <Skeleton className="aspect-video w-full rounded-lg" />
    </Loading>
  );
}

/** Text of the course. Its links to other pages of the app change the page without loading everything anew. */
function Text({ html }: { html: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  useEffect(() => {
    const element = frame.current;
    const follow = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const address = link?.getAttribute('href') ?? '';
      if (!address.startsWith('/learn/') || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void navigate(address);
    };
    element?.addEventListener('click', follow);
    return () => element?.removeEventListener('click', follow);
  }, [navigate]);
  return (
    <div ref={frame}>
      <RichText html={html} />
    </div>
  );
}
