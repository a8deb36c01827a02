// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listDeadLetters: build.query<
      ListDeadLettersApiResponse,
      ListDeadLettersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/events/dead-letters`,
        params: {
          module: queryArg["module"],
          type: queryArg["type"],
          since: queryArg.since,
          until: queryArg.until,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getDeadLetter: build.query<GetDeadLetterApiResponse, GetDeadLetterApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/events/dead-letters/${encodeURIComponent(String(queryArg["module"]))}/${encodeURIComponent(String(queryArg.eventId))}`,
      }),
    }),
    listEventBacklogs: build.query<
      ListEventBacklogsApiResponse,
      ListEventBacklogsApiArg
    >({
      query: () => ({ url: `/api/v1/events/modules` }),
    }),
    listOutboxEvents: build.query<
      ListOutboxEventsApiResponse,
      ListOutboxEventsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/events/outbox`,
        params: {
          module: queryArg["module"],
          type: queryArg["type"],
          since: queryArg.since,
          until: queryArg.until,
          waiting: queryArg.waiting,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    replayDeadLetters: build.mutation<
      ReplayDeadLettersApiResponse,
      ReplayDeadLettersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/events/replays`,
        method: "POST",
        body: queryArg.replayRequest,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as platformApi };
export type ListDeadLettersApiResponse =
  /** status 200 Successful Response */ DeadLetterPage;
export type ListDeadLettersApiArg = {
  /** Only what this module could not handle. */
  module?: string | null;
  /** Only events of this wire type. */
  type?: string | null;
  /** Only those that died then or later. */
  since?: string | null;
  /** Only those that died before. */
  until?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetDeadLetterApiResponse =
  /** status 200 Successful Response */ DeadLetterDetail;
export type GetDeadLetterApiArg = {
  module: string;
  eventId: string;
};
export type ListEventBacklogsApiResponse =
  /** status 200 Successful Response */ EventsOverview;
export type ListEventBacklogsApiArg = void;
export type ListOutboxEventsApiResponse =
  /** status 200 Successful Response */ OutboxPage;
export type ListOutboxEventsApiArg = {
  /** The module that recorded them. */
  module: string;
  /** Only events of this wire type. */
  type?: string | null;
  /** Only what happened then or later. */
  since?: string | null;
  /** Only what happened before. */
  until?: string | null;
  /** Only what is not handed on yet. */
  waiting?: boolean;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type ReplayDeadLettersApiResponse =
  /** status 200 Successful Response */ ReplayReport;
export type ReplayDeadLettersApiArg = {
  replayRequest: ReplayRequest;
};
export type DeadLetter = {
  attempts: number;
  cause: string;
  died_at: string;
  event_id: string;
  module: string;
  position: string | null;
  producer: string;
  subject: string;
  type: string;
};
export type DeadLetterPage = {
  elsewhere?: string[];
  items: DeadLetter[];
  next_cursor?: string | null;
};
export type ProblemItem = {
  detail: string;
  in?: ("path" | "query" | "header" | "cookie") | null;
  pointer: string;
};
export type Problem = {
  code: string;
  detail: string;
  errors?: ProblemItem[] | null;
  instance?: string | null;
  status: number;
  title: string;
  type: string;
};
export type DeadLetterDetail = {
  attempts: number;
  cause: string;
  died_at: string;
  envelope: {
    [key: string]: any;
  };
  event_id: string;
  module: string;
  position: string | null;
  producer: string;
  resolved_at: string | null;
  subject: string;
  type: string;
};
export type ModuleBacklog = {
  dead?: number | null;
  here: boolean;
  module: string;
  oldest_seconds?: number | null;
  waiting?: number | null;
};
export type EventsOverview = {
  modules: ModuleBacklog[];
};
export type OutboxEvent = {
  id: string;
  module: string;
  position: number;
  published_at: string | null;
  subject: string;
  time: string;
  type: string;
};
export type OutboxPage = {
  elsewhere?: string[];
  items: OutboxEvent[];
  next_cursor?: string | null;
};
export type ModuleReplay = {
  dead: number;
  handled: number;
  left: number;
  matched: number;
  module: string;
  stopped?: string | null;
};
export type ReplayReport = {
  dry_run: boolean;
  elsewhere?: string[];
  matched: number;
  modules: ModuleReplay[];
};
export type ReplayRequest = {
  dry_run?: boolean;
  ids?: string[] | null;
  module?: string | null;
  since?: string | null;
  type?: string | null;
  until?: string | null;
};
export const {
  useListDeadLettersQuery,
  useLazyListDeadLettersQuery,
  useGetDeadLetterQuery,
  useLazyGetDeadLetterQuery,
  useListEventBacklogsQuery,
  useLazyListEventBacklogsQuery,
  useListOutboxEventsQuery,
  useLazyListOutboxEventsQuery,
  useReplayDeadLettersMutation,
} = injectedRtkApi;
