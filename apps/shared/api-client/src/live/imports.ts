import { useEffect, useState } from 'react';
import { useDispatch } from 'react-redux';
import * as z from 'zod/mini';

import { allItems } from '../keyset';
import { courseApi, useBrowseImportsInfiniteQuery, useGetImportQuery, type ImportView } from '../course';
import type { AppStore } from '../store';
import { useLiveTopics } from './use-live-topics';

// `ImportMoved` of course, as far as it is used here. Other messages, and fields that come later, are passed over.
const importMoved = z.object({ stage: z.string(), done: z.number(), total: z.number() });
// A client may watch a hundred topics; nobody looks at as many imports at once.
const MOST = 30;
// Milliseconds between questions: while nothing is told, and while it is (a worker may have nobody to tell it through).
const POLL = 2000;
const LOOK = 15_000;

/** Whether it waits, or is at work. */
export function isUnderWay({ state }: ImportView): boolean {
  return state === 'queued' || state === 'running';
}

/** An import from its queue to its report, each step as it is told. */
export function useImportProgress(importId: string) {
  const [pollingInterval, setPause] = useState(POLL);
  const query = useGetImportQuery({ importId }, { pollingInterval, skipPollingIfUnfocused: true });
  const { currentData: found } = query;
  const { pause, withSteps } = useWatchedImports(found ? [found] : []);
  const wanted = found ? pause : POLL;
  if (wanted !== pollingInterval) setPause(wanted);
  return { ...query, currentData: found && withSteps(found) };
}

/** All imports, page after page, each step of those that are under way as it is told. */
export function useImportsProgress() {
  const [pollingInterval, setPause] = useState(0);
  const query = useBrowseImportsInfiniteQuery(undefined, { pollingInterval, skipPollingIfUnfocused: true });
  const { currentData: found } = query;
  const { pause, withSteps } = useWatchedImports(allItems(found));
  if (pause !== pollingInterval) setPause(pause);
  return { ...query, currentData: found && { ...found, pages: found.pages.map((page) => ({ ...page, items: page.items.map(withSteps) })) } };
}

type Steps = Readonly<Record<string, z.infer<typeof importMoved>>>;

interface Watched {
  /** After how many milliseconds the API is to be asked all the same; 0 for not at all. */
  pause: number;
  /** The import with the step that was told last: what is read while steps are told may be older. */
  withSteps: (one: ImportView) => ImportView;
}

function useWatchedImports(imports: readonly ImportView[]): Watched {
  const dispatch = useDispatch<AppStore['dispatch']>();
  const [steps, setSteps] = useState<Steps>({});
  const underWay = imports.filter(isUnderWay).map(({ id }) => id);
  const topics = underWay.slice(0, MOST).map((id) => `imports/${id}`);
  const readAgain = () => dispatch(courseApi.util.invalidateTags(['Import']));
  const isLive = useLiveTopics(topics, {
    onEvent: (topic, type, data) => {
      const moved = importMoved.safeParse(data);
      if (type === 'import.ended') readAgain();
      else if (type === 'import.moved' && moved.success) setSteps((before) => ({ ...before, [idOf(topic)]: moved.data }));
    },
    onReload: (topic) => {
      setSteps((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== idOf(topic))));
      readAgain();
    },
  });
  // There may be a course more than before.
  const made = imports.flatMap(({ course_id: course }) => course ?? []).join();
  useEffect(() => {
    if (made !== '') dispatch(courseApi.util.invalidateTags(['Course']));
  }, [made, dispatch]);
  const isTold = isLive && topics.length === underWay.length;
  return {
    pause: underWay.length === 0 ? 0 : isTold ? LOOK : POLL,
    withSteps: (one) => {
      const step = isLive && isUnderWay(one) ? steps[one.id] : undefined;
      return step ? { ...one, state: 'running', progress: step } : one;
    },
  };
}

function idOf(topic: string): string {
  return topic.slice(topic.indexOf('/') + 1);
}
