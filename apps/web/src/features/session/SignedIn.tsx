import { ErrorState, PageBody, PageLoading } from '@lyceum/ui';
import { Navigate, Outlet, useLocation } from 'react-router';

import { signInAddress } from './return-path';
import { useSession } from './use-session';

/** Around routes that need somebody: a visitor signs in first, and comes back to where the way led. */
export function SignedIn() {
  const { session, isKnown, problem, isAsking, ask } = useSession();
  const { pathname, search, hash } = useLocation();
  if (problem !== null) {
    return (
      <PageBody>
        <ErrorState error={problem} isRetrying={isAsking} onRetry={ask} />
      </PageBody>
    );
  }
  if (!isKnown) return <PageLoading />;
  if (!session) return <Navigate replace to={signInAddress(pathname + search + hash)} />;
  return <Outlet />;
}
