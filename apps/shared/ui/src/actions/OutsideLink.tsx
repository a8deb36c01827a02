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
  className?: string;
}

/** A link that looks like a button and leads out of the app, in a tab of its own. */
export function OutsideLink({ href, children, icon, variant = 'secondary', size = 'md', download = false, className }: OutsideLinkProps) {
  return (
    <a href={href} target="_blank" rel="noreferrer" {...(download ? { download: '' } : {})} className={classes(buttonClasses(variant, size), 'gap-2 hover:border-edge hover:bg-sunken', className)}>
      {icon}
      {children}
    </a>
  );
}
