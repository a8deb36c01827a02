/** A path for a new file that none of the course's files has: uploading never takes the place of another one. */
export function freePath(name: string, taken: readonly string[]): string {
  const clean = name.replace(/[/\\]/g, '-').replace(/\p{C}/gu, '').slice(-200) || 'file';
  const safe = /^\.{1,2}$/.test(clean) ? 'file' : clean;
  const [, stem = safe, ending = ''] = /^(.+?)(\.[^.]+)?$/.exec(safe) ?? [];
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? safe : `${stem}-${number}${ending}`;
    if (!taken.includes(path)) return path;
  }
}
