import { Loading, Skeleton } from '@lyceum/ui';
import { useComing } from '@lyceum/ui/all-at-once';

/** Where a question will be: its words, and a few choices. In a feature of its own, because it is there before the questions' code. */
export function PlaceOfQuestion() {
  useComing();
  return (
    <Loading className="flex flex-col gap-3">
      <Skeleton className="mb-2 h-6 w-4/5" />
      <Skeleton className="h-11 w-full max-w-md" />
      <Skeleton className="h-11 w-full max-w-md" />
      <Skeleton className="h-11 w-full max-w-md" />
      <Skeleton className="mt-2 h-11 w-24" />
    </Loading>
  );
}
