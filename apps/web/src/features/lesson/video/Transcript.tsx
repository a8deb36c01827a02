import { useTranslation } from '@lyceum/i18n';
import { classes, Disclosure, DisclosureGroup, Notice, SearchField } from '@lyceum/ui';
import { useState } from 'react';

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
  const wanted = text.trim().toLocaleLowerCase();
  const shown = wanted === '' ? cues : cues.filter((cue) => cue.text.toLocaleLowerCase().includes(wanted));
  return (
    <DisclosureGroup>
      <Disclosure title={t('video.transcript')}>
        {hasFailed ? (
          <Notice tone="warn">{t('video.transcript-failed')}</Notice>
        ) : (
          <>
            <SearchField label={t('video.search')} placeholder={t('video.search')} value={text} onChange={setText} className="mb-3" />
            <ol className="max-h-80 overflow-y-auto">
              {shown.map((cue) => (
                <li key={cue.from}>
                  <button
                    type="button"
                    onClick={() => onSeek(cue.from)}
                    className={classes('flex min-h-11 w-full cursor-pointer gap-3 rounded-md px-2 py-2 text-start hover:bg-sunken', cue.from <= time && time < cue.to && 'bg-accent-soft')}
                  >
                    <span className="w-12 shrink-0 text-sm text-ink-2 tabular-nums">{clock(cue.from)}</span>
                    <span dir="auto">{cue.text}</span>
                  </button>
                </li>
              ))}
            </ol>
          </>
        )}
      </Disclosure>
    </DisclosureGroup>
  );
}
