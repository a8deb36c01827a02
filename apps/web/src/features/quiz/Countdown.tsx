import { useTranslation } from '@lyceum/i18n';
import { classes } from '@lyceum/ui';
import { Clock } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

// Seconds: from here on the clock warns.
const LAST = 60;

/** The time that is left until the server closes the attempt. It is read out by the minute, and once when it gets short. */
export function Countdown({ until, onEnd }: { until: string; onEnd: () => void }) {
  const { t } = useTranslation('quiz');
  const left = useSecondsLeft(until, onEnd);
  const minutes = Math.ceil(left / 60);
  const isShort = left <= LAST;
  return (
    <div className={classes('flex items-center gap-2 rounded-full px-3 py-1.5 font-semibold tabular-nums', isShort ? 'bg-warn-soft text-warn' : 'bg-sunken text-ink')}>
      <Clock size={18} aria-hidden />
      <span aria-hidden dir="ltr">{`${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`}</span>
      <span role="timer" aria-live={isShort || minutes % 5 === 0 ? 'polite' : 'off'} className="sr-only">
        {t('time-left', { count: minutes })}
      </span>
    </div>
  );
}

function useSecondsLeft(until: string, onEnd: () => void): number {
  const end = new Date(until).getTime();
  const ahead = useServerAhead();
  const [left, setLeft] = useState(() => secondsTo(end));
  const told = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => {
      const now = secondsTo(end - ahead);
      setLeft(now);
      if (now > 0 || told.current) return;
      told.current = true;
      onEnd();
    }, 1000);
    return () => clearInterval(timer);
  }, [ahead, end, onEnd]);
  return left;
}

function secondsTo(end: number): number {
  return Math.max(0, Math.ceil((end - Date.now()) / 1000));
}

/** Milliseconds that the server's clock is ahead of this one, by the date of an answer; 0 while nobody knows. */
function useServerAhead(): number {
  const [ahead, setAhead] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    fetch(new URL('/api/v1/session', globalThis.location.origin), { signal: leaving.signal, cache: 'no-store' }).then(
      ({ headers }) => {
        const told = Date.parse(headers.get('Date') ?? '');
        if (!Number.isNaN(told)) setAhead(told - Date.now());
      },
      () => undefined, // without an answer this browser's clock has to do
    );
    return () => leaving.abort();
  }, []);
  return ahead;
}
