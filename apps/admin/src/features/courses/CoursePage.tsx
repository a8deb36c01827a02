import { useGetCourseQuery } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Breadcrumbs, ErrorState, LinkButton, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { Pencil } from 'lucide-react';
import { useParams } from 'react-router';

import { Publishing } from './Publishing';
import { StateBadge } from './StateBadge';
import { Versions } from './Versions';

/** One course: what its draft changes, publishing it, and the versions so far. */
export function CoursePage() {
  const { t } = useTranslation('courses');
  const { courseId = '' } = useParams();
  const { currentData: course, error, isFetching, refetch } = useGetCourseQuery({ courseId });
  if (error) {
    return (
      <PageBody>
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  if (!course) return <PageLoading />;
  return (
    <PageBody>
      <PageHeader
        above={<Breadcrumbs crumbs={[{ href: '/courses', title: t('title') }, { href: null, title: course.title }]} />}
        title={<bdi>{course.title}</bdi>}
        lead={<StateBadge state={course.state} />}
        actions={
          <LinkButton variant="primary" href={`/courses/${course.id}/edit`} icon={<Pencil size={18} aria-hidden />}>
            {t('edit')}
          </LinkButton>
        }
      />
      <div className="grid items-start gap-10 lg:grid-cols-[3fr_2fr]">
        <Publishing courseId={course.id} isPublished={course.published_number !== null} />
        <Versions courseId={course.id} />
      </div>
    </PageBody>
  );
}
