import { PageBody } from '../layout/AppShell';
import { Loading, Skeleton } from '../states/Skeleton';

/** In place of a page whose code is on its way. */
export function PageLoading() {
  return (
    <PageBody>
      <Loading className="flex flex-col gap-4">
        <Skeleton className="h-11 w-2/3 max-w-md" />
        <Skeleton className="h-6 w-full max-w-xl" />
        <Skeleton className="mt-6 h-72 w-full" />
      </Loading>
    </PageBody>
  );
}
