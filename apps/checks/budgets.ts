// Weighs what `vite build` made, by its manifest: gzipped JavaScript of the entry, of each feature on top of it, and the styles.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  src?: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  imports?: string[];
  css?: string[];
}

type Manifest = Record<string, Chunk>;

interface Weight {
  what: string;
  bytes: number;
  limit: number;
}

const KB = 1000;
const ENTRY = 190 * KB;
const STYLES = 25 * KB;
// What a feature's route may add to the entry, in kB; the editor of courses brings a rich text editor with it.
const FEATURES: Record<string, { named: Record<string, number>; other: number }> = {
  web: { named: { progress: 45 }, other: 40 },
  admin: { named: { editor: 160 }, other: 80 },
};

const apps = path.resolve(import.meta.dirname, '..');

function weigh(app: string): Weight[] {
  const dist = path.join(apps, app, 'dist');
  const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8')) as Manifest;
  const sizes = new Map<string, number>();
  const size = (file: string): number => {
    const known = sizes.get(file) ?? gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;
    sizes.set(file, known);
    return known;
  };
  const sum = (keys: Iterable<string>): number => [...keys].reduce((total, key) => total + size(manifest[key]?.file ?? ''), 0);
  const chunks = Object.entries(manifest);
  const entry = closure(manifest, chunks.filter(([, chunk]) => chunk.isEntry).map(([key]) => key));
  const styles = new Set(chunks.flatMap(([, chunk]) => [...(chunk.css ?? []), ...(chunk.file.endsWith('.css') ? [chunk.file] : [])]));
  const limits = FEATURES[app] ?? { named: {}, other: 0 };
  const features = chunks.flatMap(([key, chunk]): Weight[] => {
    const feature = /^src\/features\/([^/]+)\/index\.tsx?$/.exec(chunk.src ?? '')?.[1];
    if (feature === undefined || chunk.isDynamicEntry !== true) return [];
    const added = [...closure(manifest, [key])].filter((one) => !entry.has(one));
    return [{ what: `${app}: ${feature}`, bytes: sum(added), limit: (limits.named[feature] ?? limits.other) * KB }];
  });
  return [
    { what: `${app}: entry`, bytes: sum(entry), limit: ENTRY },
    { what: `${app}: styles`, bytes: [...styles].reduce((total, file) => total + size(file), 0), limit: STYLES },
    ...features,
  ];
}

/** The chunks that load together with these, by their keys in the manifest. */
function closure(manifest: Manifest, keys: string[]): Set<string> {
  const found = new Set<string>();
  const visit = (key: string): void => {
    if (found.has(key)) return;
    found.add(key);
    manifest[key]?.imports?.forEach(visit);
  };
  keys.forEach(visit);
  return found;
}

const weights = Object.keys(FEATURES).flatMap(weigh);
for (const { what, bytes, limit } of weights) {
  const verdict = bytes > limit ? 'TOO HEAVY' : 'ok';
  console.log(`${what.padEnd(28)} ${(bytes / KB).toFixed(1).padStart(7)} of ${limit / KB} kB  ${verdict}`);
}
process.exitCode = weights.some(({ bytes, limit }) => bytes > limit) ? 1 : 0;
