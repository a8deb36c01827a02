import { isApiProblem } from '@lyceum/api-client';
import { useGetSessionQuery } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Avatar, Card, EmptyState, ErrorState, Loading, PageBody, PageHeader, Skeleton } from '@lyceum/ui';
import { LogIn } from 'lucide-react';

/** The portal's first page: who is signed in here. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <SignedIn />
    </PageBody>
  );
}

function SignedIn() {
  const { t } = useTranslation('overview');
  const { currentData: session, error, isFetching, refetch } = useGetSessionQuery();
  if (isApiProblem(error) && error.status === 401) {
    return (
      <EmptyState icon={<LogIn size={32} strokeWidth={1.5} aria-hidden />} title={t('signed-out')}>
        {t('signed-out-detail')}
      </EmptyState>
    );
  }
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!session) {
    return (
      <Loading>
        <Skeleton className="h-24 w-full max-w-md rounded-lg" />
      </Loading>
    );
  }
  return (
    <Card className="flex max-w-md items-center gap-4 p-5">
      <Avatar name={session.user.display_name} />
      <div className="min-w-0">
        <p dir="auto" className="truncate font-semibold">
          {session.user.display_name}
        </p>
        <p className="truncate text-sm text-ink-2">{session.user.email}</p>
      </div>
    </Card>
  );
}
