import { isApiProblem } from '@lyceum/api-client';
import { useGetPageQuery, type BlockView, type PageView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Breadcrumbs, EmptyState, ErrorState, LinkButton, Loading, PageBody, PageHeader, Skeleton } from '@lyceum/ui';
import { AllAtOnce } from '@lyceum/ui/all-at-once';
import { ArrowLeft, ArrowRight, Lock } from 'lucide-react';
import { useParams } from 'react-router';

import { Due } from '../due';
import { Block } from './Block';
import { Contents, ContentsDrawer } from './Contents';
import { NotTaken } from './ResumePage';
import { useLiveProgress } from './use-live-progress';
import { useResume } from './use-resume';

/** One page of a course, in a reading column, with the way to the next. */
export function LessonPage() {
  const { courseId = '', pageId = '' } = useParams();
  const { currentData: page, error, isFetching, refetch } = useGetPageQuery({ courseId, pageId });
  if (page) return <Shown key={page.id} page={page} />;
  if (!error) return <LessonSkeleton />;
  const code = isApiProblem(error) ? error.code : '';
  return (
    <PageBody width="reading">
      {code === 'course.not-enrolled' ? (
        <NotTaken />
      ) : code === 'course.not-open-yet' ? (
        <NotOpen />
      ) : (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      )}
    </PageBody>
  );
}

function Shown({ page }: { page: PageView }) {
  const { t } = useTranslation('lesson');
  const { outline, ask } = useLiveProgress(page.course_id);
  const resume = useResume(page);
  const pages = outline?.sections.flatMap((section) => section.children ?? []).flatMap((lesson) => lesson.children ?? []);
  const blocks = new Map(pages?.flatMap((one) => one.children ?? []).map((block) => [block.id, block]));
  const isLeft = pages?.find(({ id }) => id === page.id)?.done === false;
  const crumbs = [{ href: '/learning', title: t('mine') }, ...page.path.slice(0, -1).map((title) => ({ href: null, title }))];
  // From the first question or video on, nobody knows how high the parts are before they have come.
  const first = page.blocks.findIndex(({ kind }) => kind === 'problem' || kind === 'video');
  const [known, unknown] = first < 0 ? [page.blocks, []] : [page.blocks.slice(0, first), page.blocks.slice(first)];
  const shown = (block: BlockView) => (
    <Block key={block.id} courseId={page.course_id} block={block} isAlone={block.title === page.title} isDone={blocks.get(block.id)?.done ?? false} onProgress={ask} startAt={resume?.blockId === block.id ? resume.seconds : null} />
  );
  return (
    <div className="mx-auto flex min-h-[calc(100dvh-4rem)] w-full max-w-page">
      <Contents courseId={page.course_id} pageId={page.id} outline={outline} />
      <div className="min-w-0 grow">
        <PageBody width="reading">
          <ContentsDrawer courseId={page.course_id} pageId={page.id} outline={outline} />
          <PageHeader above={<Breadcrumbs crumbs={crumbs} />} title={<span dir="auto">{page.title}</span>} lead={(page.graded || page.due_at !== null) && <Due duty={page} isLeft={isLeft} />} />
          <div className="mb-10 flex flex-col gap-10 empty:hidden">
            {page.blocks.length === 0 && <EmptyState title={t('empty-page')} />}
            {known.map(shown)}
          </div>
          <AllAtOnce className="flex flex-col gap-10">
            {unknown.map(shown)}
            <Neighbours page={page} percentage={outline?.percentage ?? null} />
          </AllAtOnce>
        </PageBody>
      </div>
    </div>
  );
}

function Neighbours({ page, percentage }: { page: PageView; percentage: number | null }) {
  const { t } = useTranslation('lesson');
  const address = (id: string) => `/learn/${page.course_id}/${id}`;
  return (
    <nav aria-label={t('pages')} className="mt-4 flex flex-wrap justify-between gap-4 border-t border-line pt-6">
      {page.previous_page_id === null ? (
        <span />
      ) : (
        <LinkButton href={address(page.previous_page_id)} icon={<ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />}>
          {t('previous')}
        </LinkButton>
      )}
      {page.next_page_id === null ? (
        <LinkButton variant="primary" href="/learning">
          {percentage === 100 ? t('finished') : t('whats-left')}
        </LinkButton>
      ) : (
        <LinkButton variant="primary" href={address(page.next_page_id)}>
          {t('next')}
          <ArrowRight size={18} aria-hidden className="rtl:rotate-180" />
        </LinkButton>
      )}
    </nav>
  );
}

function NotOpen() {
  const { t } = useTranslation('lesson');
  return (
    <>
      <PageHeader title={t('not-open')} />
      <EmptyState icon={<Lock size={32} strokeWidth={1.5} aria-hidden />} title={t('not-open-title')} action={<LinkButton href="/learning">{t('mine')}</LinkButton>} />
    </>
  );
}

function LessonSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-page">
      <div className="hidden w-76 shrink-0 lg:block" />
      <PageBody width="reading">
        <Loading className="flex flex-col gap-4">
          <Skeleton className="h-5 w-56" />
          <Skeleton className="mb-6 h-11 w-2/3" />
          <Skeleton className="h-44 w-full" />
          <Skeleton className="h-44 w-full" />
        </Loading>
      </PageBody>
    </div>
  );
}
