import { useTranslation } from '@lyceum/i18n';
import type { ReactNode } from 'react';

import { classes } from '../classes';

/** The place of something that is coming. Give it the size of what comes, so that nothing moves. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes('block animate-shimmer rounded-md bg-line', className)} />;
}

/** Around skeletons: tells those who don't see them that something is loading. */
export function Loading({ children, className }: { children: ReactNode; className?: string }) {
  const { t } = useTranslation('ui');
  return (
    <div role="status" className={className}>
      <span className="sr-only">{t('state.loading')}</span>
      {children}
    </div>
  );
}
