import { useTranslation } from '@lyceum/i18n';
import { useEffect, useRef, useState } from 'react';

import { useHeartbeats } from '../use-heartbeats';
import { Controls } from './Controls';
import { keepSpeed, SPEEDS, storedSpeed } from './speed';
import { Transcript } from './Transcript';
import { useCues } from './use-cues';
import { useRemembered } from './use-remembered';
import { useShortcuts } from './use-shortcuts';
import { useSource } from './use-source';

// Seconds of the video between two notes of where it stands.
const STEP = 10;
const nothing = () => undefined;

export interface PlayerProps {
  courseId: string;
  blockId: string;
  title: string;
  sources: readonly string[];
  captions: readonly { language: string; address: string }[];
  /** Where it goes on, in seconds, as another device left it; null where that is not known. */
  startAt: number | null;
}

/** The browser's video behind our own controls, with captions over it and the transcript below. */
export function Player({ courseId, blockId, title, sources, captions, startAt }: PlayerProps) {
  const { t } = useTranslation('lesson');
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
  const remembered = useRemembered(videoRef, blockId, startAt);
  useSource(videoRef, sources);
  useEffect(() => {
    if (videoRef.current) videoRef.current.playbackRate = speed;
  }, [speed]);
  const note = (now: number) => {
    noted.current = now;
    beat({ kind: 'position', course_id: courseId, block_id: blockId, at: new Date().toISOString(), seconds: Math.floor(now) });
  };
  const moved = (video: HTMLVideoElement) => {
    setTime(video.currentTime);
    remembered.moved(video);
    if (!video.paused && Math.abs(video.currentTime - noted.current) >= STEP) note(video.currentTime);
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
  const choose = (chosen: number) => {
    setSpeed(chosen);
    keepSpeed(chosen);
  };
  const wholeScreen = () => {
    if (document.fullscreenElement) void document.exitFullscreen().catch(nothing);
    else void frame.current?.requestFullscreen().catch(nothing);
  };
  useShortcuts(frame, {
    toggle,
    jump: (seconds) => seek((videoRef.current?.currentTime ?? 0) + seconds),
    goTo: (share) => seek(share * duration),
    mute: () => setMuted(!isMuted),
    louder: (step) => {
      if (videoRef.current) videoRef.current.volume = Math.min(1, Math.max(0, videoRef.current.volume + step));
    },
    faster: (steps) => choose(SPEEDS[SPEEDS.indexOf(speed) + steps] ?? speed),
    captions: () => setLanguage(language === null ? (track?.language ?? null) : null),
    wholeScreen,
  });
  const line = language === null ? undefined : cues.find(({ from, to }) => from <= time && time < to);
  return (
    <div className="flex flex-col gap-4">
      <div ref={frame} role="group" aria-label={title} className="flex flex-col overflow-hidden rounded-lg border border-line bg-raised">
        <div className="relative grow bg-sunken">
          {/* Captions are drawn over it from the same cues as the transcript: SRT files have no track of the browser. */}
          {/* eslint-disable-next-line jsx-a11y/media-has-caption -- see above */}
          <video
            ref={videoRef}
            aria-label={title}
            playsInline
            preload="metadata"
            muted={isMuted}
            className="aspect-video size-full"
            onPlay={() => setPlaying(true)}
            onPause={(event) => {
              setPlaying(false);
              note(event.currentTarget.currentTime);
            }}
            onTimeUpdate={(event) => moved(event.currentTarget)}
            onLoadedMetadata={(event) => {
              setDuration(event.currentTarget.duration);
              event.currentTarget.playbackRate = speed;
              remembered.loaded(event.currentTarget);
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
          onSpeed={choose}
          languages={captions.map((one) => one.language)}
          language={language}
          onLanguage={setLanguage}
          onWholeScreen={wholeScreen}
        />
      </div>
      <p className="text-sm text-ink-2 max-sm:hidden">{t('video.keys')}</p>
      {captions.length > 0 && <Transcript cues={cues} hasFailed={hasFailed} time={time} onSeek={seek} />}
    </div>
  );
}
