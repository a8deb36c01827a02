/** A line of captions, from one second of the video to another. */
export interface Cue {
  from: number;
  to: number;
  text: string;
}

const TIMES = /(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{3})/;

/** The cues of a WebVTT or SRT file, without their markup; what is no cue is left out. */
export function cuesOf(file: string): Cue[] {
  return file.split(/\r?\n(?:[ \t]*\r?\n)+/).flatMap((block) => {
    const lines = block.split(/\r?\n/);
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = TIMES.exec(lines[at] ?? '');
    const text = lines.slice(at + 1).join(' ').replace(/<[^>]*>/g, '').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&nbsp;/g, ' ').replace(/&amp;/g, '&').trim();
    if (!times || text === '') return [];
    const [, h1, m1, s1, t1, h2, m2, s2, t2] = times;
    return [{ from: seconds(h1, m1, s1, t1), to: seconds(h2, m2, s2, t2), text }];
  });
}

function seconds(...[hours, minutes, whole, thousandths]: (string | undefined)[]): number {
  return Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(whole) + Number(thousandths) / 1000;
}

/** `1:02:03`, as players show it. */
export function clock(time: number): string {
  const whole = Math.max(0, Math.floor(Number.isFinite(time) ? time : 0));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
