import { Loading, Skeleton } from '@lyceum/ui';
import { useComing } from '@lyceum/ui/all-at-once';

const heights = { lines: '', question: 'min-h-52', quiz: 'min-h-[45rem]' };

/** Where a block will be; a question or a whole quiz takes more than a few lines, and what is below would jump. */
export function PlaceOfBlock({ size = 'lines' }: { size?: keyof typeof heights }) {
  useComing();
  return (
    <Loading className={`flex flex-col gap-3 ${heights[size]}`}>
      <Skeleton className="h-5 w-full" />
      <Skeleton className="h-5 w-11/12" />
      <Skeleton className="h-5 w-3/5" />
    </Loading>
  );
}
