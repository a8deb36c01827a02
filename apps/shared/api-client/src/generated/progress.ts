// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listMyProgress: build.query<
      ListMyProgressApiResponse,
      ListMyProgressApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getCourseProgress: build.query<
      GetCourseProgressApiResponse,
      GetCourseProgressApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/courses/${encodeURIComponent(String(queryArg.courseId))}`,
      }),
    }),
    explainCourseProgress: build.query<
      ExplainCourseProgressApiResponse,
      ExplainCourseProgressApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/courses/${encodeURIComponent(String(queryArg.courseId))}/explain`,
      }),
    }),
    listLearnerProgress: build.query<
      ListLearnerProgressApiResponse,
      ListLearnerProgressApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/courses/${encodeURIComponent(String(queryArg.courseId))}/learners`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getProgressOutline: build.query<
      GetProgressOutlineApiResponse,
      GetProgressOutlineApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/courses/${encodeURIComponent(String(queryArg.courseId))}/outline`,
        headers: {
          "If-None-Match": queryArg["If-None-Match"],
        },
      }),
    }),
    setResumePosition: build.mutation<
      SetResumePositionApiResponse,
      SetResumePositionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/courses/${encodeURIComponent(String(queryArg.courseId))}/position`,
        method: "PUT",
        body: queryArg.positionRequest,
      }),
    }),
    sendHeartbeats: build.mutation<
      SendHeartbeatsApiResponse,
      SendHeartbeatsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/progress/heartbeats`,
        method: "POST",
        body: queryArg.heartbeatBatch,
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as progressApi };
export type ListMyProgressApiResponse =
  /** status 200 Successful Response */ PageCourseOverview;
export type ListMyProgressApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetCourseProgressApiResponse =
  /** status 200 Successful Response */ CourseProgressView;
export type GetCourseProgressApiArg = {
  courseId: string;
};
export type ExplainCourseProgressApiResponse =
  /** status 200 Successful Response */ Explanation;
export type ExplainCourseProgressApiArg = {
  courseId: string;
};
export type ListLearnerProgressApiResponse =
  /** status 200 Successful Response */ PageLearnerOverview;
export type ListLearnerProgressApiArg = {
  courseId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetProgressOutlineApiResponse =
  /** status 200 Successful Response */ ProgressOutline;
export type GetProgressOutlineApiArg = {
  courseId: string;
  "If-None-Match"?: string | null;
};
export type SetResumePositionApiResponse = unknown;
export type SetResumePositionApiArg = {
  courseId: string;
  positionRequest: PositionRequest;
};
export type SendHeartbeatsApiResponse =
  /** status 200 Successful Response */ HeartbeatResults;
export type SendHeartbeatsApiArg = {
  heartbeatBatch: {
    heartbeats: (
      | {
          at: string;
          block_id: string;
          course_id: string;
          kind: "viewed";
        }
      | {
          at: string;
          block_id: string;
          course_id: string;
          kind: "position";
          seconds?: number | null;
        }
    )[];
  };
};
export type CourseOverview = {
  active_at: string;
  completed_at: string | null;
  course_id: string;
  enrolled_at: string;
  next_due_at: string | null;
  percentage: number;
  state: "active" | "withdrawn";
  title: string;
};
export type PageCourseOverview = {
  items: CourseOverview[];
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
export type ResumePosition = {
  kind: "section" | "lesson" | "page" | "block";
  node_id: string;
  page_id?: string | null;
  seconds: number | null;
  title: string;
};
export type PartSummary = {
  done: boolean;
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  locked: boolean;
  optional: boolean;
  parts: PartSummary[];
  percentage: number;
  remaining: number;
  required: number;
  title: string;
};
export type CourseProgressView = {
  active_at: string;
  completed_at: string | null;
  course_id: string;
  enrolled_at: string;
  number: number;
  percentage: number;
  remaining: number;
  required: number;
  resume: ResumePosition | null;
  sections: PartSummary[];
  state: "active" | "withdrawn";
  title: string;
};
export type NodeReference = {
  kind: "section" | "lesson" | "page" | "block";
  node_id: string;
  path: string[];
};
export type LockReason = {
  available_from?: string | null;
  node?: NodeReference | null;
  reason: "requires" | "not-yet-available" | "not-enrolled";
};
export type LockedNode = {
  kind: ("section" | "lesson" | "page" | "block") | "course";
  node_id: string;
  path: string[];
  reasons: LockReason[];
};
export type UnmetRequirement = {
  due_at?: string | null;
  graded?: boolean;
  kind: ("section" | "lesson" | "page" | "block") | "course";
  locked?: boolean;
  missing: string;
  needed?: number | string | null;
  node_id: string;
  options?: NodeReference[];
  page_id?: string | null;
  path: string[];
  reached?: number | string | null;
  rule:
    | ("viewed" | "answered" | "score" | "all" | "any" | "at-least")
    | "nothing-required";
};
export type Explanation = {
  completed_at: string | null;
  course_id: string;
  locked: LockedNode[];
  percentage: number;
  unmet: UnmetRequirement[];
};
export type LearnerOverview = {
  active_at: string;
  completed_at: string | null;
  display_name: string;
  enrolled_at: string;
  percentage: number;
  state: "active" | "withdrawn";
  user_id: string;
};
export type PageLearnerOverview = {
  items: LearnerOverview[];
  next_cursor?: string | null;
};
export type OutlineNode = {
  block_kind?: ("rich_text" | "video" | "problem" | "file" | "embed") | null;
  children?: OutlineNode[];
  done: boolean;
  due_at?: string | null;
  graded?: boolean;
  id: string;
  kind: "section" | "lesson" | "page" | "block";
  locked: boolean;
  optional: boolean;
  quiz_id?: string | null;
  remaining: number;
  required: number;
  rule: "viewed" | "answered" | "score" | "all" | "any" | "at-least";
  title: string;
};
export type ProgressOutline = {
  completed_at: string | null;
  course_id: string;
  number: number;
  percentage: number;
  remaining: number;
  required: number;
  sections: OutlineNode[];
  title: string;
};
export type PositionRequest = {
  node_id: string;
  seconds?: number | null;
};
export type HeartbeatResult = {
  reason?:
    ("not-enrolled" | "unknown-block" | "locked" | "not-yet-available") | null;
  result: "accepted" | "refused";
};
export type HeartbeatResults = {
  results: HeartbeatResult[];
};
export const {
  useListMyProgressQuery,
  useLazyListMyProgressQuery,
  useGetCourseProgressQuery,
  useLazyGetCourseProgressQuery,
  useExplainCourseProgressQuery,
  useLazyExplainCourseProgressQuery,
  useListLearnerProgressQuery,
  useLazyListLearnerProgressQuery,
  useGetProgressOutlineQuery,
  useLazyGetProgressOutlineQuery,
  useSetResumePositionMutation,
  useSendHeartbeatsMutation,
} = injectedRtkApi;
