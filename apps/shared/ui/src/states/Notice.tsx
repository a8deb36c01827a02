import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

import { classes } from '../classes';

const icons = { plain: Info, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert };
const tones = {
  plain: 'border-line bg-sunken [&>svg]:text-accent',
  ok: 'border-ok/30 bg-ok-soft [&>svg]:text-ok',
  warn: 'border-warn/30 bg-warn-soft [&>svg]:text-warn',
  bad: 'border-bad/30 bg-bad-soft [&>svg]:text-bad',
};

/** Something to know beside the matter, such as why a form was refused. Bad news is read out at once. */
export function Notice({ tone = 'plain', title, children }: { tone?: keyof typeof icons; title?: string; children?: ReactNode }) {
  const Icon = icons[tone];
  return (
    <div role={tone === 'bad' ? 'alert' : undefined} className={classes('flex items-start gap-3 rounded-md border p-4 text-ink', tones[tone])}>
      <Icon size={20} aria-hidden className="mt-0.5 shrink-0" />
      <div className="min-w-0">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
