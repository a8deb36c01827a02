import { useRouteError } from 'react-router';

import { PageBody } from '../layout/AppShell';
import { ErrorState } from '../states/ErrorState';

/** In place of a page that failed to load or to render. A new version of the app may have replaced its files, so it loads anew. */
export function RouteError() {
  const error = useRouteError();
  return (
    <PageBody>
      <ErrorState error={error instanceof Error ? undefined : error} onRetry={() => globalThis.location.reload()} />
    </PageBody>
  );
}
