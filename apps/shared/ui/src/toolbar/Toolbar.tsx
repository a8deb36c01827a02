import type { ReactNode } from 'react';
import { Separator, ToggleButton, Toolbar as AriaToolbar } from 'react-aria-components';

import { classes } from '../classes';

/** Buttons in a row that is one stop of Tab: arrow keys go from one to the next. */
export function Toolbar({ label, className, children }: { label: string; className?: string; children: ReactNode }) {
  return (
    <AriaToolbar aria-label={label} className={classes('flex flex-wrap items-center gap-0.5', className)}>
      {children}
    </AriaToolbar>
  );
}

export interface ToolProps {
  /** What it does, for those who don't see the icon. */
  label: string;
  isSelected: boolean;
  isDisabled?: boolean;
  onChange: () => void;
  children: ReactNode;
}

/** A tool that is on or off where the cursor is. */
export function Tool({ label, isSelected, isDisabled = false, onChange, children }: ToolProps) {
  return (
    <ToggleButton
      aria-label={label}
      isSelected={isSelected}
      isDisabled={isDisabled}
      onChange={onChange}
      className="grid size-11 cursor-pointer place-items-center rounded-md text-ink-2 data-disabled:cursor-not-allowed data-disabled:opacity-40 data-hovered:bg-sunken data-hovered:text-ink data-selected:bg-accent-soft data-selected:text-accent"
    >
      {children}
    </ToggleButton>
  );
}

export function ToolSeparator() {
  return <Separator orientation="vertical" className="mx-1 h-6 border-s border-line" />;
}
