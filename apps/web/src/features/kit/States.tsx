import { Button, EmptyState, ErrorState, Loading, Notice, Skeleton } from '@lyceum/ui';
import { BookOpen } from 'lucide-react';

import { Specimen } from './Specimen';

export function States() {
  return (
    <Specimen title="States">
      <div className="grid gap-6 md:grid-cols-2">
        <EmptyState
          icon={<BookOpen size={32} strokeWidth={1.5} aria-hidden />}
          title="No courses yet"
          action={<Button variant="primary">Find a course</Button>}
        >
          What you enrol in shows here, with what is left to do.
        </EmptyState>
        <ErrorState error={{ status: 503, title: 'Searching is not possible', detail: 'The service is busy.' }} onRetry={() => undefined} />
        <Notice tone="plain">Changes are saved as you type.</Notice>
        <Notice tone="warn" title="This version is older">
          Learners see version 4.
        </Notice>
        <Notice tone="ok">Published.</Notice>
        <Notice tone="bad" title="It was not published">
          Two links lead nowhere.
        </Notice>
      </div>
      <Loading className="flex flex-col gap-3">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-24 w-full" />
      </Loading>
    </Specimen>
  );
}
