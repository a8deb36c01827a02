import type { ReactNode } from 'react';
import { Link as AriaLink, type LinkProps as AriaLinkProps } from 'react-aria-components';

import { classes } from '../classes';
import { buttonClasses, type ButtonSize, type ButtonVariant } from './button-look';

export interface LinkProps extends Omit<AriaLinkProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  className?: string;
  /** `plain` has no look of its own, for links that are a whole card or a title. */
  look?: 'text' | 'plain';
}

/** A link in running text. Inside the app it changes the route without loading the page anew. */
export function Link({ look = 'text', className, ...rest }: LinkProps) {
  const text = 'text-accent underline decoration-1 underline-offset-[0.2em] data-hovered:decoration-2';
  return <AriaLink {...rest} className={classes('cursor-pointer rounded-sm', look === 'text' && text, className)} />;
}

export interface LinkButtonProps extends Omit<AriaLinkProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  icon?: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
}

/** A link that looks like a button, for the one next step of a page. */
export function LinkButton({ variant = 'secondary', size = 'md', icon, children, className, ...rest }: LinkButtonProps) {
  return (
    <AriaLink {...rest} className={classes(buttonClasses(variant, size), 'gap-2', className)}>
      {icon}
      {children}
    </AriaLink>
  );
}
