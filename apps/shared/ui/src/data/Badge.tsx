import type { ReactNode } from 'react';

import { classes } from '../classes';

export type Tone = 'plain' | 'accent' | 'ok' | 'warn' | 'bad';

const tones: Record<Tone, string> = {
  plain: 'bg-sunken text-ink-2',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

/** A state in a word. The colour only repeats what the word says. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes('inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-medium whitespace-nowrap', tones[tone])}>
      {icon}
      {children}
    </span>
  );
}
