import { isApiProblem } from '@lyceum/api-client';
import { useGetCourseProgressQuery } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { EmptyState, ErrorState, LinkButton, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { Navigate, useParams } from 'react-router';

/** A course without a page: goes on where the learner was. */
export function ResumePage() {
  const { t } = useTranslation('lesson');
  const { courseId = '' } = useParams();
  const { currentData, error, isFetching, refetch } = useGetCourseProgressQuery({ courseId });
  if (currentData) {
    const pages = currentData.sections.flatMap((section) => section.parts).flatMap((lesson) => lesson.parts);
    const { resume } = currentData;
    const page = resume?.page_id ?? pages[0]?.id;
    if (page !== undefined) return <Navigate replace to={`/learn/${courseId}/${page}`} />;
    return (
      <PageBody width="reading">
        <PageHeader title={currentData.title} />
        <EmptyState title={t('empty')} action={<LinkButton href="/learning">{t('mine')}</LinkButton>} />
      </PageBody>
    );
  }
  if (!error) return <PageLoading />;
  return (
    <PageBody width="reading">
      {isApiProblem(error) && error.status === 403 ? <NotTaken /> : <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />}
    </PageBody>
  );
}

/** In place of a page of a course that the learner does not take. */
export function NotTaken() {
  const { t } = useTranslation('lesson');
  return (
    <>
      <PageHeader title={t('not-taken')} />
      <EmptyState title={t('not-taken-title')} action={<LinkButton href="/courses">{t('courses')}</LinkButton>}>
        {t('not-taken-detail')}
      </EmptyState>
    </>
  );
}
