import { Button, Card, EmptyState, ErrorState, List, Loading, Notice, Skeleton, type ListQuery } from '@lyceum/ui';
import { BookOpen } from 'lucide-react';

import { Specimen } from './Specimen';

const still: ListQuery<string> = {
  currentData: { pages: [{ items: ['Waves and particles', 'Heat'] }] },
  isFetching: false, isFetchingNextPage: false, isFetchNextPageError: false, hasNextPage: true, refetch: () => undefined, fetchNextPage: () => undefined,
};

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
      <div className="grid items-start gap-6 md:grid-cols-3">
        <Courses query={still} />
        <Courses query={{ ...still, currentData: undefined }} />
        <Courses query={{ ...still, currentData: { pages: [] }, hasNextPage: false }} onClear={() => undefined} />
      </div>
    </Specimen>
  );
}

function Courses(props: { query: ListQuery<string>; onClear?: () => void }) {
  return (
    <List {...props} skeleton={{ of: 'cards', rows: 3, row: 'h-16' }} empty={{ icon: <BookOpen size={32} strokeWidth={1.5} aria-hidden />, title: 'No course fits', detail: 'Choose less narrowly.' }}>
      {(titles) => (
        <ul className="flex flex-col gap-3">
          {titles.map((title) => (
            <Card key={title} as="li" className="p-5">
              {title}
            </Card>
          ))}
        </ul>
      )}
    </List>
  );
}
