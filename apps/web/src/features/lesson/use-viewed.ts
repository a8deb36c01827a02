import { useIsShown } from '@lyceum/ui/all-at-once';
import { useEffect, useRef } from 'react';

import { useHeartbeats } from './use-heartbeats';

// Milliseconds that some of a block has to be on the screen, in a window that is looked at.
const GLANCE = 1500;

/** For the frame of a block: tells the server once that it was seen. */
export function useViewed(courseId: string, blockId: string, onSent: () => void) {
  const frame = useRef<HTMLElement>(null);
  const beat = useHeartbeats(onSent);
  const isShown = useIsShown();
  useEffect(() => {
    const element = frame.current;
    if (!element || !isShown) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wait = () => {
      timer = setTimeout(look, GLANCE);
    };
    const look = () => {
      if (document.visibilityState !== 'visible') {
        wait();
        return;
      }
      observer.disconnect();
      beat({ kind: 'viewed', course_id: courseId, block_id: blockId, at: new Date().toISOString() });
    };
    const observer = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting) wait();
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [beat, blockId, courseId, isShown]);
  return frame;
}
