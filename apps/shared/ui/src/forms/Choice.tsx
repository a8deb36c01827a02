import { lazy, Suspense, type ReactNode } from 'react';

import { classes } from '../classes';
import { Skeleton } from '../states/Skeleton';
import { fieldClasses } from './field-look';

// Lists that open are heavy, and a page shows well without them for a moment.
const ChoiceList = lazy(async () => ({ default: (await import('./ChoiceList')).ChoiceList }));

export interface ChoiceProps {
  label: string;
  /** Keeps the label for those who don't see that the place says it. */
  hideLabel?: boolean;
  description?: ReactNode;
  /** Each with what it is called. An empty id is a choice like any other. */
  options: readonly (readonly [id: string, title: string])[];
  /** The id of one of the options; another one for none of them. */
  value: string;
  onChange: (id: string) => void;
  className?: string;
}

/** A Select of a few texts, whose code comes behind the page's; its place is kept meanwhile. */
export function Choice(props: ChoiceProps) {
  const { label, hideLabel = false, description, className } = props;
  return (
    <Suspense
      fallback={
        <div aria-hidden className={classes(fieldClasses, className)}>
          {!hideLabel && <span className="text-sm font-medium text-ink">{label}</span>}
          <Skeleton className="h-11" />
          {description !== undefined && <span className="text-sm text-ink-2">{description}</span>}
        </div>
      }
    >
      <ChoiceList {...props} />
    </Suspense>
  );
}
