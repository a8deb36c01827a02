import { api, type AppStore } from '@lyceum/api-client';
import { useGetImportQuery, type ImportView } from '@lyceum/api-client/course';
import { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';

// Milliseconds between two looks at an import that is under way.
const BETWEEN = 2000;

export function isOver({ state }: ImportView): boolean {
  return state === 'succeeded' || state === 'failed';
}

/** An import, looked at again and again until it has ended. */
export function useImport(importId: string) {
  const [isDone, setDone] = useState(false);
  const query = useGetImportQuery({ importId }, { pollingInterval: isDone ? 0 : BETWEEN, skipPollingIfUnfocused: true });
  const found = query.currentData;
  const dispatch: AppStore['dispatch'] = useDispatch();
  const hasEnded = found !== undefined && isOver(found);
  if (hasEnded !== isDone && found !== undefined) setDone(hasEnded);
  const courseId = found?.course_id ?? null;
  // There is a course more than before.
  useEffect(() => {
    if (courseId !== null) dispatch(api.util.invalidateTags(['Course']));
  }, [courseId, dispatch]);
  return query;
}
