import { Loading, Skeleton } from '@lyceum/ui';

/** Where the line about rules will be, as high as it is where little is set. */
export function PlaceOfRules() {
  return (
    <Loading>
      <Skeleton className="h-18.5 rounded-lg" />
    </Loading>
  );
}
