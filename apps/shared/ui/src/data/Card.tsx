import type { ReactNode } from 'react';

import { classes } from '../classes';

export interface CardProps {
  children: ReactNode;
  className?: string;
  /** Lifts under the pointer. Give the link inside `after:absolute after:inset-0`, so that all of the card is the link. */
  isLink?: boolean;
  as?: 'div' | 'article' | 'section' | 'li';
}

/** A sheet on the page. */
export function Card({ children, className, isLink = false, as: Element = 'div' }: CardProps) {
  const link = 'transition-[box-shadow,border-color] duration-200 hover:border-edge/60 hover:shadow-lift';
  return <Element className={classes('relative rounded-lg border border-line bg-raised shadow-card', isLink && link, className)}>{children}</Element>;
}
