import { useEffect, useMemo, useRef } from 'react';
import { useDispatch } from 'react-redux';
import * as z from 'zod/mini';

import { progressApi } from '../progress';
import type { AppStore } from '../store';
import { useLiveTopics } from './use-live-topics';

// `ProgressChanged` of progress, as far as it is used here. Other messages, and fields that come later, are passed over.
const progressChanged = z.object({ course_id: z.string(), percentage: z.number(), completed_at: z.nullable(z.string()) });
const TYPE = 'progress.changed';
// A client may watch a hundred topics; nobody looks at as many courses.
const MOST = 30;
// Milliseconds that reloads wait for one another.
const TOGETHER = 50;

export type ProgressChanged = z.infer<typeof progressChanged>;

export interface ProgressWatch {
  onChanged?: (change: ProgressChanged) => void;
  /** Something may have been missed. What belongs to one course is asked for again by itself; lists are not. */
  onReload?: () => void;
}

/**
 * Watches how far the learner is in these courses: what is told goes into the kept answers of the API, so that whatever shows them
 * follows. True while everything is told; until then the page has to ask.
 */
export function useWatchedProgress(courseIds: readonly string[], { onChanged, onReload }: ProgressWatch = {}): boolean {
  const dispatch = useDispatch<AppStore['dispatch']>();
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const topics = useMemo(() => courseIds.slice(0, MOST).map((id) => `progress/${id}`), [courseIds]);
  const reload = () => {
    dispatch(progressApi.util.invalidateTags([...waiting.current].map((id) => ({ type: 'Progress', id }))));
    waiting.current.clear();
    onReload?.();
  };
  const isLive = useLiveTopics(topics, {
    onEvent: (_topic, type, data) => {
      const { success, data: change } = progressChanged.safeParse(data);
      if (type !== TYPE || !success) return;
      const { course_id: id, percentage, completed_at } = change;
      dispatch(
        progressApi.util.updateQueryData('browseMyProgress', undefined, ({ pages }) => {
          const course = pages.flatMap(({ items }) => items).find(({ course_id }) => course_id === id);
          if (course) Object.assign(course, { percentage, completed_at });
        }),
      );
      dispatch(progressApi.util.invalidateTags([{ type: 'Progress', id }]));
      onChanged?.(change);
    },
    onReload: (topic) => {
      waiting.current.add(topic.slice(topic.indexOf('/') + 1));
      clearTimeout(timer.current);
      timer.current = setTimeout(reload, TOGETHER);
    },
  });
  return isLive && topics.length === courseIds.length;
}
