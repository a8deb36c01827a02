import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';

export interface TooltipProps {
  text: string;
  /** A button or a link of the kit. */
  children: ReactElement;
}

/** A word or two on a control, on hover and focus. Nothing that is needed may stand only here. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <TooltipTrigger delay={500}>
      {children}
      <AriaTooltip offset={8} className="max-w-64 rounded-sm bg-ink px-2.5 py-1.5 text-sm text-surface shadow-lift data-entering:animate-appear">
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
