import type { ReactNode } from 'react';
import {
  RadioButton, RadioField, RadioGroup as AriaRadioGroup,
  type RadioFieldProps, type RadioGroupProps as AriaRadioGroupProps,
} from 'react-aria-components';

import { classes } from '../classes';
import { fieldClasses, FieldLabel, FieldNotes, type FieldTexts } from './field-look';

export interface RadioGroupProps extends Omit<AriaRadioGroupProps, 'children' | 'className' | 'style'>, FieldTexts {
  children: ReactNode;
}

/** Exactly one of a few choices that are worth seeing at once. */
export function RadioGroup({ label, description, errorMessage, className, children, ...rest }: RadioGroupProps) {
  return (
    <AriaRadioGroup isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <div>{children}</div>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaRadioGroup>
  );
}

export interface RadioProps extends Omit<RadioFieldProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
}

export function Radio({ children, ...rest }: RadioProps) {
  return (
    <RadioField {...rest}>
      <RadioButton className="group flex min-h-11 cursor-pointer items-center gap-3 rounded-md py-1 text-base data-disabled:cursor-not-allowed data-disabled:opacity-50 data-readonly:cursor-default">
        <span className="size-5.5 shrink-0 rounded-full border-2 border-edge bg-raised transition-[border-width,border-color] group-data-invalid:border-bad group-data-selected:border-[7px] group-data-selected:border-accent" />
        <span className="min-w-0">{children}</span>
      </RadioButton>
    </RadioField>
  );
}
