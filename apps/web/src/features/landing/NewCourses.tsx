import { allItems } from '@lyceum/api-client';
import { useBrowseCatalogueInfiniteQuery } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { EmptyState, ErrorState, Link } from '@lyceum/ui';
import { BookOpen } from 'lucide-react';

import { CourseCards, CourseCardSkeletons } from '../course-card';

const SHOWN = 6;

/** The courses that were published last. */
export function NewCourses() {
  const { t } = useTranslation('landing');
  return (
    <section aria-labelledby="new-courses">
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="new-courses" className="text-2xl">
          {t('courses.title')}
        </h2>
        <Link href="/courses">{t('courses.all')}</Link>
      </div>
      <List />
    </section>
  );
}

function List() {
  const { t } = useTranslation('landing');
  const { currentData, error, isFetching, refetch } = useBrowseCatalogueInfiniteQuery({});
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) return <CourseCardSkeletons count={3} />;
  const courses = allItems(currentData).slice(0, SHOWN);
  if (courses.length === 0) {
    return (
      <EmptyState icon={<BookOpen size={32} strokeWidth={1.5} aria-hidden />} title={t('courses.none')}>
        {t('courses.none-detail')}
      </EmptyState>
    );
  }
  return <CourseCards courses={courses} level={3} />;
}
