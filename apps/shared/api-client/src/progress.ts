import { keysetPages, type KeysetPage } from './keyset';
import { progressApi as generated, type CourseOverview, type LearnerOverview } from './generated/progress';

export type * from './generated/progress';

type Cursor = string | null;

const progressOf = ({ courseId }: { courseId: string }) => ({ type: 'Progress', id: courseId }) as const;

const tagged = generated.enhanceEndpoints({
  endpoints: {
    listMyProgress: { providesTags: ['Progress'] },
    getCourseProgress: { providesTags: (_result, _error, arg) => [progressOf(arg)] },
    explainCourseProgress: { providesTags: (_result, _error, arg) => [progressOf(arg)] },
    getProgressOutline: { providesTags: (_result, _error, arg) => [progressOf(arg)] },
    listLearnerProgress: { providesTags: (_result, _error, arg) => [progressOf(arg)] },
    // Heartbeats come every few seconds, and most change nothing that can be seen: the pages ask again when it matters.
    sendHeartbeats: {},
    setResumePosition: {},
  },
});

/** The endpoints of progress, with lists that load page after page beside the generated ones. */
export const progressApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseMyProgress: build.infiniteQuery<KeysetPage<CourseOverview>, void, Cursor>(
      keysetPages({ url: () => '/api/v1/progress', tags: ['Progress'] }),
    ),
    browseLearnerProgress: build.infiniteQuery<KeysetPage<LearnerOverview>, { courseId: string }, Cursor>(
      keysetPages({ url: ({ courseId }) => `/api/v1/progress/courses/${encodeURIComponent(courseId)}/learners`, tags: ['Progress'] }),
    ),
  }),
});

export const {
  useBrowseMyProgressInfiniteQuery, useGetCourseProgressQuery, useExplainCourseProgressQuery, useGetProgressOutlineQuery,
  useBrowseLearnerProgressInfiniteQuery, useSetResumePositionMutation, useSendHeartbeatsMutation,
} = progressApi;
