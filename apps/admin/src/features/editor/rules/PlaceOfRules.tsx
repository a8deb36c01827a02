import { Loading, Skeleton } from '@lyceum/ui';

/** Where the line about rules will be, as high as it is where little is set. */
export function PlaceOfRules() {
  return (
    <Loading>
      <Skeleton className="h-24.5 rounded-lg sm:h-18.5" />
    </Loading>
  );
}
