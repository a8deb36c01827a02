import { isApiProblem } from '@lyceum/api-client';
import { useGetCatalogueCourseQuery, useGetOutlineQuery, type CoursePage as Course } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Breadcrumbs, Cover, EmptyState, ErrorState, LinkButton, Loading, PageBody, PageHeader, RichText, Skeleton } from '@lyceum/ui';
import { SearchX } from 'lucide-react';
import { useParams } from 'react-router';

import { Outline, OutlineSkeleton } from './Outline';
import { StartCard } from './StartCard';
import { useCourseProgress } from './use-course-progress';

/** What a course is about, what is in it, and the way to start or go on. */
export function CoursePage() {
  const { t } = useTranslation('course');
  const { slug = '' } = useParams();
  const { currentData: course, error, isFetching, refetch } = useGetCatalogueCourseQuery({ slug });
  if (course) return <Shown course={course} />;
  if (!error) return <CourseSkeleton />;
  return (
    <PageBody>
      {isApiProblem(error) && error.status === 404 ? (
        <>
          <PageHeader title={t('missing')} />
          <EmptyState icon={<SearchX size={32} strokeWidth={1.5} aria-hidden />} title={t('missing-title')} action={<LinkButton href="/courses">{t('all')}</LinkButton>}>
            {t('missing-detail')}
          </EmptyState>
        </>
      ) : (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      )}
    </PageBody>
  );
}

function Shown({ course }: { course: Course }) {
  const { t } = useTranslation('course');
  const format = useFormatting();
  const progress = useCourseProgress(course.id);
  return (
    <PageBody>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0">
          <PageHeader
            above={<Breadcrumbs crumbs={[{ href: '/courses', title: t('all') }, { href: null, title: course.title }]} />}
            title={<span dir="auto">{course.title}</span>}
            lead={<p dir="auto">{course.summary}</p>}
          />
          <p className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-ink-2">
            <Badge>{format.languageName(course.language)}</Badge>
            <span>{t('published', { date: format.date(course.published_at) })}</span>
            {course.licence !== null && <bdi>{course.licence}</bdi>}
          </p>
        </div>
        <aside aria-label={t('start.label')} className="lg:sticky lg:top-24 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <div className="overflow-hidden rounded-lg border border-line bg-raised shadow-card">
            <Cover image={course.image} seed={course.id} className="sm:max-lg:aspect-[4/1]" />
            <div className="min-h-44 p-5">
              <StartCard course={course} progress={progress} />
            </div>
          </div>
        </aside>
        <div className="min-w-0">
          {course.description_html !== '' && <RichText html={course.description_html} className="mb-10" />}
          <Contents courseId={course.id} sections={progress.progress?.sections ?? []} />
        </div>
      </div>
    </PageBody>
  );
}

function Contents({ courseId, sections }: { courseId: string; sections: Parameters<typeof Outline>[0]['progress'] }) {
  const { t } = useTranslation('course');
  const { currentData, error, isFetching, refetch } = useGetOutlineQuery({ courseId });
  return (
    <section aria-labelledby="contents">
      <h2 id="contents" className="mb-4 text-2xl">
        {t('contents')}
      </h2>
      {currentData ? (
        <Outline courseId={courseId} sections={currentData.sections} progress={sections} />
      ) : error ? (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <OutlineSkeleton />
      )}
    </section>
  );
}

function CourseSkeleton() {
  return (
    <PageBody>
      <Loading className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-8 w-48" />
          <Skeleton className="h-12 w-3/4" />
          <Skeleton className="h-7 w-full" />
          <Skeleton className="mt-6 h-64 w-full" />
        </div>
        <Skeleton className="h-84 w-full rounded-lg" />
      </Loading>
    </PageBody>
  );
}
