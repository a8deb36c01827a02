import { useEffect, type RefObject } from 'react';

const isStream = (address: string) => /\.m3u8($|[?#])/.test(address);

/** Gives the element the first source that plays. HLS comes with a library where the browser has none of its own. */
export function useSource(videoRef: RefObject<HTMLVideoElement | null>, sources: readonly string[]): void {
  const key = sources.join('\n');
  useEffect(() => {
    const element = videoRef.current;
    if (!element) return undefined;
    const addresses = key.split('\n');
    let left = false;
    let end: (() => void) | undefined;
    let at = 0;
    const play = () => {
      const address = addresses[at];
      if (address === undefined) return;
      if (!isStream(address) || element.canPlayType('application/vnd.apple.mpegurl') !== '') {
        element.src = address;
        return;
      }
      void import('hls.js').then(({ default: Hls }) => {
        if (left) return;
        if (!Hls.isSupported()) {
          next();
          return;
        }
        const hls = new Hls();
        hls.loadSource(address);
        hls.attachMedia(element);
        end = () => hls.destroy();
      });
    };
    const next = () => {
      at += 1;
      play();
    };
    element.addEventListener('error', next);
    play();
    return () => {
      left = true;
      element.removeEventListener('error', next);
      end?.();
    };
  }, [key, videoRef]);
}
