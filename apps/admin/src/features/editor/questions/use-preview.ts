import { usePreviewItemMutation, type ItemView } from '@lyceum/api-client/assessment';
import { useEffect, useState } from 'react';

import type { Item } from './items';

// Milliseconds without another change, before the server is asked what learners would see.
const PAUSE = 400;

export interface Preview {
  /** The last that could be shown; undefined before the first. */
  shown: ItemView | undefined;
  /** Why the question as it is now cannot be shown. */
  error: unknown;
  isAsking: boolean;
}

export interface Trial {
  response: Record<string, unknown> | null;
  hints: number;
}

/** What learners would see of a question that is being written, with what a trial answer would be told. */
export function usePreview(courseId: string, content: Item, { response, hints }: Trial): Preview {
  const [ask, { isLoading }] = usePreviewItemMutation();
  const [preview, setPreview] = useState<{ shown: ItemView | undefined; error: unknown }>({ shown: undefined, error: null });
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      void ask({ itemPreviewRequest: { course_id: courseId, content: { ...content }, response, hints } }).then(({ data, error }) => {
        if (isCurrent) setPreview((now) => (data ? { shown: data, error: null } : { shown: now.shown, error }));
      });
    }, PAUSE);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [ask, content, courseId, hints, response]);
  return { ...preview, isAsking: isLoading };
}
