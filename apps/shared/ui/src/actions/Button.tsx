import { LoaderCircle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

import { classes } from '../classes';
import { buttonClasses, type ButtonSize, type ButtonVariant } from './button-look';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** Before the text; size 18. */
  icon?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A button that does something here. While `isPending` it keeps its size and its focus, and can't be pressed. */
export function Button({ variant = 'secondary', size = 'md', icon, children, className, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={classes(buttonClasses(variant, size), className)}>
      {({ isPending }) => (
        <>
          <span className={classes('inline-flex items-center gap-2', isPending && 'opacity-0')}>
            {icon}
            {children}
          </span>
          {isPending && (
            <span className="absolute inset-0 grid place-items-center" aria-hidden>
              <LoaderCircle size={20} className="animate-turn" />
            </span>
          )}
        </>
      )}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style' | 'aria-label'> {
  /** What it does, for those who don't see the icon. */
  label: string;
  children: ReactNode;
  variant?: ButtonVariant;
  className?: string;
}

/** A square button with nothing but an icon of size 20. */
export function IconButton({ label, children, variant = 'quiet', className, ...rest }: IconButtonProps) {
  return (
    <AriaButton {...rest} aria-label={label} className={classes(buttonClasses(variant, 'icon'), className)}>
      {children}
    </AriaButton>
  );
}
