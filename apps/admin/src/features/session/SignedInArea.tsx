import { isApiProblem } from '@lyceum/api-client';
import { useGetSessionQuery } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { ErrorState, LinkButton, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { Outlet } from 'react-router';

import { usePermissions } from './permissions';
import { SignInPage } from './SignInPage';
import { StepUp } from './StepUp';

/** Every page of the portal is inside: without a session there is the form to sign in, at the address that was asked for. */
export function SignedInArea() {
  const { currentData: session, error, isFetching, refetch } = useGetSessionQuery();
  if (isApiProblem(error) && error.status === 401) return <SignInPage />;
  if (error) {
    return (
      <PageBody>
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  return session ? <Allowed /> : <PageLoading />;
}

function Allowed() {
  const { t } = useTranslation('session');
  const permissions = usePermissions();
  if (permissions.isLoading) return <PageLoading />;
  if (permissions.error !== undefined) {
    return (
      <PageBody>
        <ErrorState error={permissions.error} onRetry={permissions.retry} />
      </PageBody>
    );
  }
  if (permissions.any) {
    return (
      <>
        <Outlet />
        <StepUp />
      </>
    );
  }
  return (
    <PageBody width="reading">
      <PageHeader title={t('not-allowed')} lead={t('not-allowed-detail')} />
      {/* Another app: the router of this one does not know it. */}
      <LinkButton variant="primary" href="/" target="_top" onPress={() => globalThis.location.assign('/')}>
        {t('to-web')}
      </LinkButton>
    </PageBody>
  );
}
