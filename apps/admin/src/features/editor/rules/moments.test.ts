import { toField, toMoment } from './moments';

test.each([
  ['in winter', '2026-01-15T08:30:00.000Z', 'Europe/Berlin', '2026-01-15T09:30'],
  ['in summer', '2026-07-15T07:30:00.000Z', 'Europe/Berlin', '2026-07-15T09:30'],
  ['at midnight, where the day is another', '2026-03-01T15:00:00.000Z', 'Asia/Tokyo', '2026-03-02T00:00'],
  ['west of Greenwich', '2026-03-01T02:15:00.000Z', 'America/New_York', '2026-02-28T21:15'],
  ['where clocks are half an hour off', '2026-03-01T00:00:00.000Z', 'Asia/Kolkata', '2026-03-01T05:30'],
])('a moment %s goes into a field and comes back', (_words, moment, zone, field) => {
  expect(toField(moment, zone)).toBe(field);
  expect(toMoment(field, zone)).toBe(moment);
});

test('an hour that comes twice is the first, and one that is skipped goes on as before', () => {
  expect(toMoment('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  expect(toMoment('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
});

test('no moment is an empty field', () => {
  expect(toField(null, 'UTC')).toBe('');
  expect(toMoment('', 'UTC')).toBeNull();
});
