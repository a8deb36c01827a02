import { useTranslation } from '@lyceum/i18n';
import { classes } from '@lyceum/ui';
import { Flag } from 'lucide-react';

export interface Place {
  slot: string;
  isAnswered: boolean;
  isMarked: boolean;
}

/** All questions by number, with what is answered and what is marked. */
export function Palette({ places, current, onOpen }: { places: readonly Place[]; current: number; onOpen: (index: number) => void }) {
  const { t } = useTranslation('quiz');
  return (
    <nav aria-label={t('palette')}>
      <ol className="flex flex-wrap gap-2">
        {places.map(({ slot, isAnswered, isMarked }, index) => (
          <li key={slot}>
            <button
              type="button"
              aria-current={index === current ? 'step' : undefined}
              aria-label={[t('question', { number: index + 1, of: places.length }), isAnswered ? t('answered') : t('open'), ...(isMarked ? [t('marked')] : [])].join(', ')}
              onClick={() => onOpen(index)}
              className={classes(
                'relative grid size-11 cursor-pointer place-items-center rounded-md border font-medium tabular-nums',
                isAnswered ? 'border-accent bg-accent-soft text-accent' : 'border-edge/60 border-dashed bg-raised text-ink-2',
                index === current && 'outline-2 outline-offset-2 outline-accent',
              )}
            >
              {index + 1}
              {isMarked && <Flag size={12} aria-hidden className="absolute end-0.5 top-0.5 fill-warn text-warn" />}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
