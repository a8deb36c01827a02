import { useEffect } from 'react';
import { useRouteError } from 'react-router';

import { PageBody } from '../layout/AppShell';
import { ErrorState } from '../states/ErrorState';
import { useOnline } from '../states/use-online';

const OFFLINE = { status: 0 };

/**
 * In place of a page that failed to load or to render. A new version of the app may have replaced its files, so it loads anew;
 * a page that could not come for want of a network comes by itself when there is one.
 */
export function RouteError() {
  const error = useRouteError();
  const isOnline = useOnline();
  const reload = () => globalThis.location.reload();
  useEffect(() => {
    if (isOnline) return undefined;
    globalThis.addEventListener('online', reload);
    return () => globalThis.removeEventListener('online', reload);
  }, [isOnline]);
  return (
    <PageBody>
      <ErrorState error={isOnline ? (error instanceof Error ? undefined : error) : OFFLINE} onRetry={reload} />
    </PageBody>
  );
}
