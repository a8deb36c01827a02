import { platformApi as generated, type DeadLetter, type DeadLetterPage, type ListDeadLettersApiArg, type ListOutboxEventsApiArg, type OutboxEvent, type OutboxPage } from './generated/platform';
import { keysetPages } from './keyset';

export type * from './generated/platform';

type Cursor = string | null;
/** What a list is narrowed to. */
export type DeadLetterFilter = Omit<ListDeadLettersApiArg, 'limit' | 'cursor'>;
export type OutboxFilter = Omit<ListOutboxEventsApiArg, 'limit' | 'cursor'>;
export type { DeadLetter, OutboxEvent };

const tagged = generated.enhanceEndpoints({
  endpoints: {
    listEventBacklogs: { providesTags: ['Event'] },
    getDeadLetter: { providesTags: ['Event'] },
    // A dry run changes nothing.
    replayDeadLetters: { invalidatesTags: (report) => (report === undefined || report.dry_run ? [] : ['Event', 'AuditLog']) },
  },
});

/** The endpoints of events for operators, with lists that load page after page beside the generated ones. */
export const platformApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseDeadLetters: build.infiniteQuery<DeadLetterPage, DeadLetterFilter, Cursor>(
      keysetPages({ url: () => '/api/v1/events/dead-letters', params: (filter) => ({ ...filter }), tags: ['Event'] }),
    ),
    browseOutbox: build.infiniteQuery<OutboxPage, OutboxFilter, Cursor>(
      keysetPages({ url: () => '/api/v1/events/outbox', params: (filter) => ({ ...filter }), tags: ['Event'] }),
    ),
  }),
});

export const {
  useListEventBacklogsQuery, useBrowseDeadLettersInfiniteQuery, useBrowseOutboxInfiniteQuery, useGetDeadLetterQuery, useReplayDeadLettersMutation,
} = platformApi;
