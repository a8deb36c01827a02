import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

import { FALLBACK, PSEUDO } from './languages';

type Moment = Date | string | number;

const RELATIVE_STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1],
];
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Numbers, dates and lists as a language writes them. Moments are shown in the browser's time zone unless one is given. */
export class Formatting {
  private readonly language: string;
  private readonly timeZone: string | undefined;

  constructor(language: string, timeZone?: string) {
    this.language = language === PSEUDO ? FALLBACK : language;
    this.timeZone = timeZone;
  }

  number(value: number, options?: Intl.NumberFormatOptions): string {
    return new Intl.NumberFormat(this.language, options).format(value);
  }

  /** 0.25 as 25 %. Shares are cut, never rounded up: what is not finished never reads as 100 %. */
  percent(share: number): string {
    return this.number(Math.floor(share * 100 + 1e-9) / 100, { style: 'percent' });
  }

  date(moment: Moment, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
    return new Intl.DateTimeFormat(this.language, { timeZone: this.timeZone, ...options }).format(new Date(moment));
  }

  dateTime(moment: Moment): string {
    return this.date(moment, { dateStyle: 'medium', timeStyle: 'short' });
  }

  /** `in 3 hours`, `yesterday`: in the largest unit that is reached. */
  relative(moment: Moment, now: Moment): string {
    const seconds = (new Date(moment).getTime() - new Date(now).getTime()) / 1000;
    const [unit, size] = RELATIVE_STEPS.find(([, step]) => Math.abs(seconds) >= step) ?? ['second', 1];
    return new Intl.RelativeTimeFormat(this.language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
  }

  /** `1 hr, 5 min` for 3900 seconds; seconds are named only below a minute. */
  duration(seconds: number): string {
    const whole = Math.max(0, Math.round(seconds));
    if (whole < 60) return this.unit(whole, 'second');
    const minutes = Math.round(whole / 60);
    const parts = [
      ...(minutes >= 60 ? [this.unit(Math.floor(minutes / 60), 'hour')] : []),
      ...(minutes % 60 > 0 ? [this.unit(minutes % 60, 'minute')] : []),
    ];
    return new Intl.ListFormat(this.language, { type: 'unit', style: 'narrow' }).format(parts);
  }

  /** `1.5 MB`, in powers of a thousand. */
  bytes(count: number): string {
    const step = Math.min(BYTE_UNITS.length - 1, count < 1 ? 0 : Math.floor(Math.log10(count) / 3));
    const options = { style: 'unit', unit: BYTE_UNITS[step], unitDisplay: 'short', maximumFractionDigits: 1 } as const;
    return this.number(count / 1000 ** step, options);
  }

  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.language).format(items);
  }

  /** The name of a language, `German` for `de`; a tag that is none is shown as it is. */
  languageName(tag: string): string {
    try {
      return new Intl.DisplayNames(this.language, { type: 'language' }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }

  private unit(value: number, unit: string): string {
    return this.number(value, { style: 'unit', unit, unitDisplay: 'short' });
  }
}

/** The first letter as people count letters: an accent or a joiner stays with what it belongs to. */
export function firstLetter(text: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text.trim());
  return first?.segment ?? '';
}

/** The formats of the language that is shown. `timeZone` is an IANA name, such as the one of the account. */
export function useFormatting(timeZone?: string): Formatting {
  const language = useTranslation().i18n.language;
  return useMemo(() => new Formatting(language, timeZone), [language, timeZone]);
}
