import type { AppStore } from '@lyceum/api-client';
import type { PageView } from '@lyceum/api-client/course';
import { progressApi, useSetResumePositionMutation } from '@lyceum/api-client/progress';
import { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';

export interface Resume {
  blockId: string;
  seconds: number;
}

/**
 * Tells the server that the learner is on this page, and where in it the learner was last, on whichever device: a place in a video of
 * the page is better than the page, so it is kept.
 */
export function useResume({ course_id: courseId, id: pageId }: PageView): Resume | null {
  const dispatch = useDispatch<AppStore['dispatch']>();
  const [remember] = useSetResumePositionMutation();
  const [resume, setResume] = useState<Resume | null>(null);
  useEffect(() => {
    let left = false;
    const known = dispatch(progressApi.endpoints.getCourseProgress.initiate({ courseId }, { forceRefetch: true, subscribe: false }));
    void known.then(({ data }) => {
      if (left) return;
      const last = data?.resume;
      if (last?.kind === 'block' && last.page_id === pageId && last.seconds !== null) setResume({ blockId: last.node_id, seconds: last.seconds });
      else void remember({ courseId, positionRequest: { node_id: pageId } });
    });
    return () => {
      left = true;
    };
  }, [courseId, dispatch, pageId, remember]);
  return resume;
}
