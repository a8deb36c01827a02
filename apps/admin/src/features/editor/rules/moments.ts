/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offset(zone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) - Math.floor(at / 1000) * 1000;
}

/** `2026-03-01T09:00:00Z` as a `datetime-local` field has it in a time zone; empty for none. */
export function toField(moment: string | null, zone: string): string {
  if (moment === null) return '';
  const at = new Date(moment).getTime();
  return new Date(at + offset(zone, at)).toISOString().slice(0, 16);
}

/**
 * What a `datetime-local` field of a time zone says, as a moment; null where it is empty. An hour that comes twice is the first
 * one; of an hour that is skipped, the clock of before it counts.
 */
export function toMoment(text: string, zone: string): string | null {
  const there = Date.parse(`${text}Z`);
  if (Number.isNaN(there)) return null;
  const day = 86_400_000;
  const [before, after] = [offset(zone, there - day), offset(zone, there + day)];
  const first = there - before;
  const at = offset(zone, first) === before ? first : there - after;
  return new Date(offset(zone, at) === there - at ? at : first).toISOString();
}
