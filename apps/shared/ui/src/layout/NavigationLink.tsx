import type { ReactNode } from 'react';
import { useLocation } from 'react-router';

import { Link } from '../actions/Link';
import { classes } from '../classes';

export interface NavigationLinkProps {
  href: string;
  icon?: ReactNode;
  children: ReactNode;
  /** Current only on this very page, not on those below it. */
  isExact?: boolean;
}

/** A link of the navigation: marked while its page, or one below it, is open. */
export function NavigationLink({ href, icon, children, isExact = false }: NavigationLinkProps) {
  const { pathname } = useLocation();
  const isCurrent = pathname === href || (!isExact && pathname.startsWith(href.endsWith('/') ? href : `${href}/`));
  return (
    <Link
      look="plain"
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={classes(
        'flex min-h-11 items-center gap-3 rounded-md px-3 font-medium no-underline transition-colors',
        isCurrent ? 'bg-accent-soft text-accent' : 'text-ink-2 data-hovered:bg-sunken data-hovered:text-ink',
      )}
    >
      {icon}
      {children}
    </Link>
  );
}
