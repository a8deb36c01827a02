const MINUTE = 60_000;

/** `2026-03-01T09:00Z` as a `datetime-local` field in the browser's time zone has it; empty for what is no moment. */
export function toField(moment: string): string {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return '';
  const offset = new Date(time).getTimezoneOffset() * MINUTE;
  return new Date(time - offset).toISOString().slice(0, 16);
}

/** What was typed into such a field, or stands in the address, as the API takes it: in UTC; empty for what is no moment. */
export function toMoment(field: string): string {
  const time = Date.parse(field);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
