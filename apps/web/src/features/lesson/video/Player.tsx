import { useEffect, useRef, useState } from 'react';

import { useHeartbeats } from '../use-heartbeats';
import { Controls } from './Controls';
import { Transcript } from './Transcript';
import { useCues } from './use-cues';
import { useSource } from './use-source';

// Seconds of the video between two notes of where it stands.
const STEP = 10;
const SPEED_KEY = 'lyceum.video-speed';
const nothing = () => undefined;

export interface PlayerProps {
  courseId: string;
  blockId: string;
  title: string;
  sources: readonly string[];
  captions: readonly { language: string; address: string }[];
}

/** The browser's video behind our own controls, with captions over it and the transcript below. */
export function Player({ courseId, blockId, title, sources, captions }: PlayerProps) {
  const videoRef = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [time, setTime] = useState(0);
  const [duration, setDuration] = useState(0);
  const [isMuted, setMuted] = useState(false);
  const [speed, setSpeed] = useState(storedSpeed);
  const [language, setLanguage] = useState<string | null>(null);
  const track = captions.find((one) => one.language === language) ?? captions[0];
  const { cues, hasFailed } = useCues(track?.address);
  const noted = useRef(0);
  const beat = useHeartbeats(nothing);
  useSource(videoRef, sources);
  useEffect(() => {
    if (videoRef.current) videoRef.current.playbackRate = speed;
  }, [speed]);
  const moved = (now: number) => {
    setTime(now);
    if (Math.abs(now - noted.current) < STEP) return;
    noted.current = now;
    beat({ kind: 'position', course_id: courseId, block_id: blockId, at: new Date().toISOString(), seconds: now });
  };
  const seek = (to: number) => {
    if (!videoRef.current) return;
    const { duration: end } = videoRef.current;
    videoRef.current.currentTime = Math.min(Math.max(0, to), Number.isFinite(end) ? end : to);
    setTime(videoRef.current.currentTime);
  };
  const toggle = () => {
    if (videoRef.current?.paused) void videoRef.current.play().catch(nothing); // refused by the browser: it stays paused, as shown
    else videoRef.current?.pause();
  };
  const line = language === null ? undefined : cues.find(({ from, to }) => from <= time && time < to);
  return (
    <div className="flex flex-col gap-4">
      <div ref={frame} className="overflow-hidden rounded-lg border border-line bg-raised">
        <div className="relative bg-sunken">
          {/* Captions are drawn over it from the same cues as the transcript: SRT files have no track of the browser. */}
          {/* eslint-disable-next-line jsx-a11y/media-has-caption -- see above */}
          <video
            ref={videoRef}
            aria-label={title}
            playsInline
            preload="metadata"
            muted={isMuted}
            className="aspect-video w-full"
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
            onTimeUpdate={(event) => moved(event.currentTarget.currentTime)}
            onLoadedMetadata={(event) => {
              setDuration(event.currentTarget.duration);
              event.currentTarget.playbackRate = speed;
            }}
          />
          {line && (
            <p dir="auto" className="pointer-events-none absolute inset-x-4 bottom-4 text-center">
              <span className="rounded-sm bg-ink/85 box-decoration-clone px-2 py-1 text-lg text-surface">{line.text}</span>
            </p>
          )}
        </div>
        <Controls
          isPlaying={isPlaying}
          onToggle={toggle}
          time={time}
          duration={duration}
          onSeek={seek}
          isMuted={isMuted}
          onMute={setMuted}
          speed={speed}
          onSpeed={(chosen) => {
            setSpeed(chosen);
            keepSpeed(chosen);
          }}
          languages={captions.map((one) => one.language)}
          language={language}
          onLanguage={setLanguage}
          onWholeScreen={() => void frame.current?.requestFullscreen().catch(nothing)}
        />
      </div>
      {captions.length > 0 && <Transcript cues={cues} hasFailed={hasFailed} time={time} onSeek={seek} />}
    </div>
  );
}

function storedSpeed(): number {
  try {
    const stored = Number(localStorage.getItem(SPEED_KEY));
    return stored >= 0.5 && stored <= 2 ? stored : 1;
  } catch {
    return 1; // storage may be forbidden
  }
}

function keepSpeed(speed: number): void {
  try {
    localStorage.setItem(SPEED_KEY, String(speed));
  } catch {
    // Storage may be forbidden; the speed then holds until the page is left.
  }
}
