import { allItems } from '@lyceum/api-client';
import { useWatchedProgress } from '@lyceum/api-client/live/progress';
import { useBrowseMyProgressInfiniteQuery, type CourseOverview } from '@lyceum/api-client/progress';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, EmptyState, ErrorState, Link, LinkButton, LoadMore, Loading, PageBody, PageHeader, ProgressRing, Skeleton } from '@lyceum/ui';
import { CircleCheck, GraduationCap, Play } from 'lucide-react';
import { useMemo, useState } from 'react';

import { Due } from '../due';
import { WhatIsLeft } from './WhatIsLeft';

// Milliseconds between questions: while nothing is told, and while everything is.
const PAUSE = 30_000;
const LONG_PAUSE = 300_000;

/** The courses of the learner, the one that was worked on last first, and what is left of each. */
export function LearningPage() {
  const { t } = useTranslation('progress');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <List />
    </PageBody>
  );
}

function List() {
  const { t } = useTranslation('progress');
  const [pause, setPause] = useState(PAUSE);
  const { currentData, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBrowseMyProgressInfiniteQuery(undefined, { pollingInterval: pause, skipPollingIfUnfocused: true });
  const courses = useMemo(() => allItems(currentData).filter(({ state }) => state === 'active'), [currentData]);
  const ids = useMemo(() => courses.map(({ course_id }) => course_id), [courses]);
  const isLive = useWatchedProgress(ids, {
    // What is due next follows from what is left, which is not told.
    onChanged: ({ course_id: id }) => {
      if (courses.some(({ course_id, next_due_at }) => course_id === id && next_due_at !== null)) void refetch();
    },
    onReload: () => void refetch(),
  });
  const wanted = isLive ? LONG_PAUSE : PAUSE;
  if (pause !== wanted) setPause(wanted);
  if (error && !currentData) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className="flex flex-col gap-6">
        {Array.from({ length: 2 }, (_, index) => (
          <Skeleton key={index} className="h-44 rounded-lg" />
        ))}
      </Loading>
    );
  }
  if (courses.length === 0) {
    return (
      <EmptyState
        icon={<GraduationCap size={32} strokeWidth={1.5} aria-hidden />}
        title={t('none')}
        action={
          <LinkButton variant="primary" href="/courses">
            {t('find')}
          </LinkButton>
        }
      >
        {t('none-detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-6">
        {courses.map((course) => (
          <Course key={course.course_id} course={course} />
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}

function Course({ course }: { course: CourseOverview }) {
  const { t } = useTranslation('progress');
  const format = useFormatting();
  const isDone = course.completed_at !== null;
  const address = `/learn/${course.course_id}`;
  return (
    <Card as="li" className="min-h-44 p-5 sm:p-6">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-4">
        <ProgressRing label={t('progress', { title: course.title })} value={course.percentage} size={72} />
        <div className="min-w-0 flex-1 basis-48">
          <h2 className="text-xl">
            <Link look="plain" href={address} className="no-underline data-hovered:underline">
              <bdi>{course.title}</bdi>
            </Link>
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-3 text-sm text-ink-2">
            {course.completed_at === null ? (
              t('active', { date: format.date(course.active_at) })
            ) : (
              <Badge tone="ok" icon={<CircleCheck size={16} aria-hidden />}>
                {t('completed', { date: format.date(course.completed_at) })}
              </Badge>
            )}
          </p>
          {!isDone && <Due duty={{ due_at: course.next_due_at }} isLeft isNext className="mt-1" />}
        </div>
        <LinkButton variant={isDone ? 'secondary' : 'primary'} href={address} icon={<Play size={18} aria-hidden className="rtl:rotate-180" />}>
          {isDone ? t('again') : t('resume')}
        </LinkButton>
      </div>
      {!isDone && <WhatIsLeft courseId={course.course_id} />}
    </Card>
  );
}
