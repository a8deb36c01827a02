import { useGetMeQuery } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { ErrorState, Loading, PageHeader, Skeleton } from '@lyceum/ui';
import { lazy, Suspense } from 'react';

const ProfileForm = lazy(async () => ({ default: (await import('./ProfileForm')).ProfileForm }));

/** Who one is to others, and how the platform speaks to one. */
export function ProfilePage() {
  const { t } = useTranslation('settings');
  const { currentData: me, error, isFetching, refetch } = useGetMeQuery();
  return (
    <>
      <PageHeader title={t('profile.title')} lead={t('profile.lead')} />
      {me ? (
        <Suspense fallback={<Skeleton className="h-96 rounded-lg" />}>
          <ProfileForm me={me} onOutdated={() => void refetch()} />
        </Suspense>
      ) : error ? (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <Loading className="flex flex-col gap-6">
          <Skeleton className="h-96 rounded-lg" />
          <Skeleton className="h-64 rounded-lg" />
        </Loading>
      )}
    </>
  );
}
