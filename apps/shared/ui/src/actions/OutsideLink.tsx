import type { ReactNode } from 'react';

import { classes } from '../classes';
import { buttonClasses, type ButtonSize, type ButtonVariant } from './button-look';

export interface OutsideLinkProps {
  /** An address that is none of this app's: of another app, of the API, or of another site. */
  href: string;
  children: ReactNode;
  icon?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** To keep what comes as a file. */
  download?: boolean;
  /** The way goes on there, and comes back perhaps: no tab of its own. */
  inSameTab?: boolean;
  className?: string;
}

// A plain link has no `data-hovered`.
const hovers: Record<ButtonVariant, string> = {
  primary: 'hover:bg-accent-strong', secondary: 'hover:border-edge hover:bg-sunken', quiet: 'hover:bg-sunken', danger: 'hover:border-bad hover:bg-bad-soft',
};

/** A link that looks like a button and leads out of the app, in a tab of its own unless it is a step on a way. */
export function OutsideLink({ href, children, icon, variant = 'secondary', size = 'md', download = false, inSameTab = false, className }: OutsideLinkProps) {
  return (
    <a href={href} {...(inSameTab ? {} : { target: '_blank', rel: 'noreferrer' })} {...(download ? { download: '' } : {})} className={classes(buttonClasses(variant, size), 'gap-2', hovers[variant], className)}>
      {icon}
      {children}
    </a>
  );
}
