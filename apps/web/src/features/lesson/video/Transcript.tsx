import { useTranslation } from '@lyceum/i18n';
import { Button, classes, Disclosure, DisclosureGroup, Notice, SearchField } from '@lyceum/ui';
import { LocateFixed } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { clock, type Cue } from './cues';

export interface TranscriptProps {
  cues: readonly Cue[];
  hasFailed: boolean;
  time: number;
  onSeek: (time: number) => void;
}

/** What is said, to read and to search; a press on a line goes there. */
export function Transcript({ cues, hasFailed, time, onSeek }: TranscriptProps) {
  const { t } = useTranslation('lesson');
  const [text, setText] = useState('');
  const wanted = text.trim();
  const shown = wanted === '' ? cues : cues.filter((cue) => cue.text.toLocaleLowerCase().includes(wanted.toLocaleLowerCase()));
  return (
    <DisclosureGroup>
      <Disclosure title={t('video.transcript')}>
        {hasFailed ? (
          <Notice tone="warn">{t('video.transcript-failed')}</Notice>
        ) : (
          <>
            <SearchField label={t('video.search')} placeholder={t('video.search')} value={text} onChange={setText} className="mb-3" />
            <p role="status" className={classes('mb-2 text-sm text-ink-2', wanted === '' && 'sr-only')}>
              {wanted !== '' && (shown.length === 0 ? t('video.found-none') : t('video.found', { count: shown.length }))}
            </p>
            <Lines cues={shown} wanted={wanted} time={time} onSeek={onSeek} />
          </>
        )}
      </Disclosure>
    </DisclosureGroup>
  );
}

/** The lines follow the video until the reader scrolls elsewhere, and again after a press. */
function Lines({ cues, wanted, time, onSeek }: { cues: readonly Cue[]; wanted: string; time: number; onSeek: (time: number) => void }) {
  const { t } = useTranslation('lesson');
  const list = useRef<HTMLOListElement>(null);
  const [isFollowing, setFollowing] = useState(true);
  const current = cues.findIndex((cue) => cue.from <= time && time < cue.to);
  const follows = isFollowing && wanted === '';
  useEffect(() => {
    const line = list.current?.children[current];
    if (!follows || !list.current || !(line instanceof HTMLElement)) return;
    list.current.scrollTop = line.offsetTop - list.current.offsetTop - list.current.clientHeight / 3;
  }, [current, follows]);
  useEffect(() => {
    const element = list.current;
    const stop = ({ type, target }: Event) => {
      // A press beside the lines is one on the scroll bar; a line that gets the focus by a key has to stay where it is.
      if (type === 'pointerdown' && target !== element) return;
      if (type === 'focusin' && !(target instanceof Element && target.matches(':focus-visible'))) return;
      setFollowing(false);
    };
    const kinds = ['wheel', 'touchmove', 'pointerdown', 'focusin'];
    kinds.forEach((kind) => element?.addEventListener(kind, stop, { passive: true }));
    return () => kinds.forEach((kind) => element?.removeEventListener(kind, stop));
  }, []);
  return (
    <div className="relative">
      <ol
        ref={list}
        className="max-h-80 overflow-y-auto"
      >
        {cues.map((cue, index) => (
          <li key={`${index} ${cue.from}`}>
            <button
              type="button"
              aria-current={index === current ? 'true' : undefined}
              onClick={() => {
                onSeek(cue.from);
                setFollowing(true);
              }}
              className={classes('flex min-h-11 w-full cursor-pointer gap-3 rounded-md px-2 py-2 text-start -outline-offset-3 hover:bg-sunken', index === current && 'bg-accent-soft')}
            >
              <span className="w-12 shrink-0 text-sm text-ink-2 tabular-nums">{clock(cue.from)}</span>
              <span dir="auto">
                <Marked text={cue.text} wanted={wanted} />
              </span>
            </button>
          </li>
        ))}
      </ol>
      {!isFollowing && wanted === '' && (
        <div className="absolute inset-x-0 bottom-3 flex justify-center">
          <Button icon={<LocateFixed size={18} aria-hidden />} className="shadow-lift" onPress={() => setFollowing(true)}>
            {t('video.follow')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Marked({ text, wanted }: { text: string; wanted: string }) {
  const at = wanted === '' ? -1 : text.toLocaleLowerCase().indexOf(wanted.toLocaleLowerCase());
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className="rounded-sm bg-warn-soft text-ink">{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}
