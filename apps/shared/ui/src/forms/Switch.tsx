import type { ReactNode } from 'react';
import { SwitchButton, SwitchField, type SwitchFieldProps } from 'react-aria-components';

export interface SwitchProps extends Omit<SwitchFieldProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
}

/** Something that is on or off at once, without a form to send. */
export function Switch({ children, ...rest }: SwitchProps) {
  return (
    <SwitchField {...rest}>
      <SwitchButton className="group flex min-h-11 cursor-pointer items-center gap-3 rounded-md text-base data-disabled:cursor-not-allowed data-disabled:opacity-50">
        <span className="flex h-6.5 w-11 shrink-0 items-center rounded-full border-2 border-edge bg-raised p-0.5 transition-colors group-data-selected:border-accent group-data-selected:bg-accent">
          <span className="size-4.5 rounded-full bg-edge transition-[margin,background-color] group-data-selected:ms-4.5 group-data-selected:bg-on-accent" />
        </span>
        <span className="min-w-0">{children}</span>
      </SwitchButton>
    </SwitchField>
  );
}
