import { allItems } from '@lyceum/api-client';
import { useBrowseCatalogueInfiniteQuery, type CatalogueEntry } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Card, Cover, EmptyState, ErrorState, Loading, Skeleton } from '@lyceum/ui';
import { BookOpen } from 'lucide-react';

const SHOWN = 6;
const grid = 'grid gap-6 sm:grid-cols-2 lg:grid-cols-3';

/** The courses that were published last. */
export function NewCourses() {
  const { t } = useTranslation('landing');
  return (
    <section aria-labelledby="new-courses">
      <h2 id="new-courses" className="mb-6 text-2xl">
        {t('courses.title')}
      </h2>
      <List />
    </section>
  );
}

function List() {
  const { t } = useTranslation('landing');
  const { currentData, error, isFetching, refetch } = useBrowseCatalogueInfiniteQuery({});
  const courses = allItems(currentData).slice(0, SHOWN);
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className={grid}>
        {Array.from({ length: 3 }, (_, index) => (
          <Skeleton key={index} className="h-72 rounded-lg" />
        ))}
      </Loading>
    );
  }
  if (courses.length === 0) {
    return (
      <EmptyState icon={<BookOpen size={32} strokeWidth={1.5} aria-hidden />} title={t('courses.none')}>
        {t('courses.none-detail')}
      </EmptyState>
    );
  }
  return (
    <ul className={grid}>
      {courses.map((course) => (
        <CourseCard key={course.id} course={course} />
      ))}
    </ul>
  );
}

function CourseCard({ course }: { course: CatalogueEntry }) {
  const { t } = useTranslation('landing');
  const format = useFormatting();
  return (
    <Card as="li" className="flex min-h-72 flex-col overflow-hidden">
      <Cover image={course.image} seed={course.id} />
      <div className="flex grow flex-col p-5">
        <h3 className="text-xl" dir="auto">
          {course.title}
        </h3>
        <p dir="auto" className="mt-2 line-clamp-3 text-ink-2">
          {course.summary}
        </p>
        <p className="mt-auto pt-4 text-sm text-ink-2">{t('courses.published', { date: format.date(course.published_at) })}</p>
      </div>
    </Card>
  );
}
