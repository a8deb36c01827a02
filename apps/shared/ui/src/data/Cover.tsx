import { classes } from '../classes';

export interface CoverProps {
  /** The address of the picture; null where there is none. */
  image: string | null;
  /** What a cover without a picture is drawn from: the same always gives the same drawing. */
  seed: string;
  className?: string;
}

const RINGS = [14, 30, 46, 62, 78, 94, 110, 126, 142, 158, 174, 190];

/** The picture of a course, beside its title; without one, ripples from two places that are the course's own. */
export function Cover({ image, seed, className }: CoverProps) {
  const frame = classes('block aspect-[16/7] w-full', className);
  if (image !== null) return <img src={image} alt="" loading="lazy" className={classes(frame, 'bg-sunken object-cover')} />;
  const places = [placeOf(seed, 0), placeOf(seed, 7)];
  return (
    <svg aria-hidden viewBox="0 0 320 140" preserveAspectRatio="xMidYMid slice" className={classes(frame, 'bg-accent-soft')}>
      {places.map(({ x, y }, index) => (
        <g key={index} fill="none" strokeWidth="1.25" className="stroke-accent" opacity={index === 0 ? 0.32 : 0.16}>
          {RINGS.map((radius) => (
            <circle key={radius} cx={x} cy={y} r={radius} />
          ))}
          <circle cx={x} cy={y} r="4" className="fill-accent stroke-none" />
        </g>
      ))}
    </svg>
  );
}

/** A place in the drawing. The numbers only have to differ from seed to seed (FNV-1a, 32 bits). */
function placeOf(seed: string, salt: number): { x: number; y: number } {
  let hash = 2166136261 ^ salt;
  for (const letter of seed) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
  return { x: 30 + (hash % 260), y: 15 + ((hash >>> 9) % 110) };
}
