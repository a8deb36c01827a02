import { useFormatting } from '@lyceum/i18n';
import { Label, ProgressBar as AriaProgressBar } from 'react-aria-components';

import { classes } from '../classes';

export interface ProgressBarProps {
  label: string;
  /** From 0 to 100; null while nobody knows. */
  value: number | null;
  /** The label is only for those who don't see the bar's place. */
  hideLabel?: boolean;
  className?: string;
}

/** How far something is. */
export function ProgressBar({ label, value, hideLabel = false, className }: ProgressBarProps) {
  const format = useFormatting();
  const isDone = value === 100;
  const text = value === null ? undefined : format.percent(value / 100);
  return (
    <AriaProgressBar value={value ?? 0} isIndeterminate={value === null} valueLabel={text} className={classes('flex flex-col gap-2', className)}>
      <div className={classes('flex justify-between gap-4 text-sm', hideLabel && 'sr-only')}>
        <Label className="font-medium">{label}</Label>
        <span className="text-ink-2 tabular-nums">{text}</span>
      </div>
      <div className="h-2 overflow-hidden rounded-full bg-sunken inset-ring inset-ring-line">
        <div
          className={classes('h-full rounded-full transition-[width] duration-500', isDone ? 'bg-ok' : 'bg-accent', value === null && 'w-2/5 animate-shimmer')}
          style={value === null ? undefined : { width: `${value}%` }}
        />
      </div>
    </AriaProgressBar>
  );
}

export interface ProgressRingProps {
  label: string;
  /** From 0 to 100. */
  value: number;
  /** Pixels. */
  size?: number;
}

/** How far something is, in little room. The number stands in it where there is place. */
export function ProgressRing({ label, value, size = 56 }: ProgressRingProps) {
  const format = useFormatting();
  const stroke = size >= 40 ? 5 : 3.5;
  const radius = (size - stroke) / 2;
  const length = 2 * Math.PI * radius;
  const text = format.percent(value / 100);
  return (
    <AriaProgressBar aria-label={label} value={value} valueLabel={text} className="relative inline-grid shrink-0 place-items-center" style={{ width: size, height: size }}>
      <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden className="-rotate-90 rtl:-scale-y-100">
        <circle cx={size / 2} cy={size / 2} r={radius} fill="none" strokeWidth={stroke} className="stroke-line" />
        <circle
          cx={size / 2}
          cy={size / 2}
          r={radius}
          fill="none"
          strokeWidth={stroke}
          strokeLinecap="round"
          strokeDasharray={length}
          strokeDashoffset={length * (1 - value / 100)}
          className={classes('transition-[stroke-dashoffset] duration-500', value === 100 ? 'stroke-ok' : 'stroke-accent', value === 0 && 'invisible')}
        />
      </svg>
      {size >= 48 && <span className="absolute text-xs font-semibold tabular-nums">{text}</span>}
    </AriaProgressBar>
  );
}
