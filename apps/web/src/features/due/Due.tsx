import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, classes } from '@lyceum/ui';
import { CalendarClock, CircleAlert } from 'lucide-react';
import { useState } from 'react';

import { useSession } from '../session';
import type { Duty } from './duties';

export interface DueProps {
  duty: Duty;
  /** Whether the person still has to do it: only then it can be overdue. */
  isLeft: boolean;
  /** The moment is that of the first of several things. */
  isNext?: boolean;
  className?: string;
}

/** When something is due, in the time zone of the account, and whether it is graded. Nothing where it is neither. */
export function Due({ duty: { due_at: due = null, graded = false }, isLeft, isNext = false, className }: DueProps) {
  const { t } = useTranslation('due');
  const { session, isKnown } = useSession();
  const format = useFormatting(session?.user.time_zone);
  const [now] = useState(() => Date.now());
  if (due === null && !graded) return null;
  const isOver = isLeft && due !== null && Date.parse(due) <= now;
  const Icon = isOver ? CircleAlert : CalendarClock;
  const time = due === null ? '' : format.date(due, shortest(due, now));
  return (
    <span className={classes('flex flex-wrap items-center gap-x-3 gap-y-1 text-sm font-normal', className)}>
      {due !== null && (
        // Until the account is known, the hour may be another one: its place is kept.
        <span className={classes('inline-flex items-center gap-1.5', isOver ? 'font-medium text-bad' : 'text-ink-2', !isKnown && 'invisible')}>
          <Icon size={16} aria-hidden className="shrink-0" />
          {isOver ? t('over', { time }) : isNext ? t('next', { time }) : t('due', { time })}
        </span>
      )}
      {graded && <Badge>{t('graded')}</Badge>}
    </span>
  );
}

/** Day and time; the year only where it is another one than now. */
function shortest(moment: string, now: number): Intl.DateTimeFormatOptions {
  const isThisYear = new Date(moment).getFullYear() === new Date(now).getFullYear();
  return { ...(isThisYear ? {} : { year: 'numeric' }), month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' };
}
