export const SPEEDS: readonly number[] = [0.75, 1, 1.25, 1.5, 1.75, 2];

const KEY = 'lyceum.video-speed';

/** The speed that was chosen on this device. */
export function storedSpeed(): number {
  try {
    const stored = Number(localStorage.getItem(KEY));
    return SPEEDS.includes(stored) ? stored : 1;
  } catch {
    return 1; // storage may be forbidden
  }
}

export function keepSpeed(speed: number): void {
  try {
    localStorage.setItem(KEY, String(speed));
  } catch {
    // Storage may be forbidden; the speed then holds until the page is left.
  }
}
