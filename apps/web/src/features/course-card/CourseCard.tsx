import type { CatalogueEntry } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, Cover, Link, Loading, Skeleton } from '@lyceum/ui';

const grid = 'grid gap-6 sm:grid-cols-2 lg:grid-cols-3';

/** Courses as cards. */
export function CourseCards({ courses, level }: { courses: readonly CatalogueEntry[]; level: 2 | 3 }) {
  return (
    <ul className={grid}>
      {courses.map((course) => (
        <CourseCard key={course.id} course={course} level={level} />
      ))}
    </ul>
  );
}

/** The places of cards that are on their way. */
export function CourseCardSkeletons({ count }: { count: number }) {
  return (
    <Loading className={grid}>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} className="h-88 rounded-lg" />
      ))}
    </Loading>
  );
}

function CourseCard({ course, level }: { course: CatalogueEntry; level: 2 | 3 }) {
  const { t } = useTranslation('app');
  const format = useFormatting();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <Card as="li" isLink className="flex min-h-88 flex-col overflow-hidden">
      <Cover image={course.image} seed={course.id} />
      <div className="flex grow flex-col p-5">
        <Heading className="text-xl" dir="auto">
          <Link look="plain" href={`/courses/${course.slug}`} className="no-underline after:absolute after:inset-0 after:rounded-lg">
            {course.title}
          </Link>
        </Heading>
        <p dir="auto" className="mt-2 line-clamp-3 text-pretty text-ink-2">
          {course.summary}
        </p>
        <p className="mt-auto flex flex-wrap items-center justify-between gap-2 pt-4 text-sm text-ink-2">
          {t('course.published', { date: format.date(course.published_at) })}
          <Badge>{format.languageName(course.language)}</Badge>
        </p>
      </div>
    </Card>
  );
}
