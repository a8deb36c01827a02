import { isApiProblem } from '@lyceum/api-client';
import { useGetCourseProgressQuery, type CourseProgressView } from '@lyceum/api-client/progress';

import { useSession } from '../session';

export interface CourseProgress {
  /** Null for a visitor, for who does not take the course, and while nobody knows. */
  progress: CourseProgressView | null;
  isKnown: boolean;
  isSignedIn: boolean;
  /** Ask again: the progress follows an enrolment by event, some moments later. */
  ask: () => void;
}

/** How far the person is in a course. */
export function useCourseProgress(courseId: string): CourseProgress {
  const { session, isKnown } = useSession();
  const { currentData, error, refetch, isUninitialized } = useGetCourseProgressQuery({ courseId }, { skip: !session });
  const isOutside = isApiProblem(error) && (error.status === 403 || error.status === 404);
  const progress = currentData && !isOutside && currentData.state === 'active' ? currentData : null;
  return {
    progress,
    isKnown: isKnown && (!session || currentData !== undefined || error !== undefined),
    isSignedIn: session !== null,
    ask: () => {
      if (!isUninitialized) void refetch();
    },
  };
}
