import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  CheckboxButton, CheckboxField, CheckboxGroup as AriaCheckboxGroup,
  type CheckboxFieldProps, type CheckboxGroupProps as AriaCheckboxGroupProps,
} from 'react-aria-components';

import { classes } from '../classes';
import { fieldClasses, FieldLabel, FieldNotes, type FieldTexts } from './field-look';

export interface CheckboxProps extends Omit<CheckboxFieldProps, 'className' | 'style' | 'children'> {
  children?: ReactNode;
  className?: string;
}

export function Checkbox({ children, className, ...rest }: CheckboxProps) {
  return (
    <CheckboxField {...rest} className={className}>
      <CheckboxButton className="group flex min-h-11 cursor-pointer items-center gap-3 rounded-md py-1 text-base data-disabled:cursor-not-allowed data-disabled:opacity-50 data-readonly:cursor-default">
        {({ isSelected, isIndeterminate }) => (
          <>
            <span className="grid size-5.5 shrink-0 place-items-center rounded-sm border-2 border-edge bg-raised text-on-accent transition-colors group-data-indeterminate:border-accent group-data-indeterminate:bg-accent group-data-invalid:border-bad group-data-selected:border-accent group-data-selected:bg-accent">
              {isIndeterminate ? <Minus size={16} strokeWidth={3} aria-hidden /> : isSelected && <Check size={16} strokeWidth={3} aria-hidden />}
            </span>
            {children !== undefined && <span className="min-w-0">{children}</span>}
          </>
        )}
      </CheckboxButton>
    </CheckboxField>
  );
}

export interface CheckboxGroupProps extends Omit<AriaCheckboxGroupProps, 'children' | 'className' | 'style'>, FieldTexts {
  children: ReactNode;
}

/** Any of several choices, under one label. */
export function CheckboxGroup({ label, description, errorMessage, className, children, ...rest }: CheckboxGroupProps) {
  return (
    <AriaCheckboxGroup isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <div>{children}</div>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaCheckboxGroup>
  );
}
