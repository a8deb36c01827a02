import { useEffect, useRef, type RefObject } from 'react';

import { keep, kept } from '../../kept';

// Seconds: so near to its beginning or its end a video starts anew, and so often the place is noted.
const EDGE = 10;
const STEP = 2;
const nameOf = (blockId: string) => `video.${blockId}`;

/**
 * Where a video stood goes on: on this device at once, of another one as soon as the server has told (`startAt`). Returns what to
 * call when the metadata are there, and whenever the time moved.
 */
export function useRemembered(videoRef: RefObject<HTMLVideoElement | null>, blockId: string, startAt: number | null) {
  const isMoved = useRef(false);
  const noted = useRef(0);
  useEffect(() => {
    const video = videoRef.current;
    if (video && startAt !== null && !isMoved.current && kept(nameOf(blockId)) === null && video.readyState > 0) goOn(video, startAt);
  }, [blockId, startAt, videoRef]);
  const loaded = (video: HTMLVideoElement) => {
    const here = kept(nameOf(blockId));
    goOn(video, typeof here === 'number' ? here : (startAt ?? 0));
  };
  const moved = (video: HTMLVideoElement) => {
    const { currentTime: now, duration } = video;
    isMoved.current ||= !video.paused;
    if (!isMoved.current || Math.abs(now - noted.current) < STEP) return;
    noted.current = now;
    keep(nameOf(blockId), now < EDGE || duration - now < EDGE ? null : Math.floor(now));
  };
  return { loaded, moved };
}

function goOn(video: HTMLVideoElement, seconds: number): void {
  if (seconds >= EDGE && video.duration - seconds >= EDGE) video.currentTime = seconds;
}
