import { Loading, Skeleton } from '@lyceum/ui';

/** Where a block will be. */
export function PlaceOfBlock() {
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-11/12" />
      <Skeleton className="h-5 w-3/5" />
    </Loading>
  );
}
