import { createContext, use, useEffect, useLayoutEffect, useState, type ReactNode } from 'react';

import { classes } from '../classes';
import { Loading, Skeleton } from '../states/Skeleton';

// Milliseconds after which what has come is shown without the rest.
const PATIENCE = 10_000;

/** Counts what is on its way inside an `AllAtOnce`; null outside of one. */
const Coming = createContext<((step: 1 | -1) => void) | null>(null);
const Shown = createContext(true);

/** Whether it is seen: not while the `AllAtOnce` around it waits for something else. */
export function useIsShown(): boolean {
  return use(Shown);
}

/** For what stands in the place of something that is on its way: as long as it is there, the `AllAtOnce` around it waits. */
export function useComing(): void {
  const count = use(Coming);
  useLayoutEffect(() => {
    count?.(1);
    return () => count?.(-1);
  }, [count]);
}

export interface AllAtOnceProps {
  children: ReactNode;
  className?: string;
}

/**
 * Shows what is in it when all of it is there for the first time. Questions and blocks come one by one, and nobody knows how high
 * they are: each would shift those below it. One that hangs does not hide the others for good.
 */
export function AllAtOnce({ children, className }: AllAtOnceProps) {
  // This one itself is on its way until its parts have been counted: their effects run before that of what holds them.
  const [coming, setComing] = useState(1);
  const [count] = useState(() => (step: 1 | -1) => setComing((now) => now + step));
  useLayoutEffect(() => {
    count(-1);
    return () => count(1);
  }, [count]);
  const [isShown, setShown] = useState(false);
  if (coming === 0 && !isShown) setShown(true);
  useEffect(() => {
    if (isShown) return undefined;
    const timer = setTimeout(() => setShown(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [isShown]);
  return (
    <div className={classes('relative', !isShown && 'min-h-dvh')}>
      {!isShown && (
        <Loading className="absolute inset-x-0 top-0 flex flex-col gap-3">
          <Skeleton className="h-5 w-full" />
          <Skeleton className="h-5 w-11/12" />
          <Skeleton className="h-40 w-full rounded-lg" />
        </Loading>
      )}
      <div className={classes(className, !isShown && 'invisible')}>
        <Coming value={count}>
          <Shown value={isShown}>{children}</Shown>
        </Coming>
      </div>
    </div>
  );
}
