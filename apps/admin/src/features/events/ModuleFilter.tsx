import { Skeleton } from '@lyceum/ui';
import { lazy, Suspense } from 'react';

import type { ModuleChoiceProps } from './ModuleChoice';

// Lists that open are heavy, and nothing else of these pages needs them.
const ModuleChoice = lazy(async () => ({ default: (await import('./ModuleChoice')).ModuleChoice }));

/** Which module; the place is kept until the field is there. */
export function ModuleFilter(props: ModuleChoiceProps) {
  return (
    <Suspense fallback={<Skeleton className="h-17.5 w-full sm:w-48" />}>
      <ModuleChoice {...props} />
    </Suspense>
  );
}
