import { Minus, Plus } from 'lucide-react';
import { Button, Group, Input, NumberField as AriaNumberField, type NumberFieldProps as AriaNumberFieldProps } from 'react-aria-components';

import { classes } from '../classes';
import { bareInputClasses, fieldClasses, FieldLabel, FieldNotes, groupClasses, type FieldTexts } from './field-look';

export type NumberFieldProps = Omit<AriaNumberFieldProps, 'children' | 'className' | 'style'> & FieldTexts;

const stepClasses = 'grid size-11 shrink-0 cursor-pointer place-items-center rounded-md text-ink-2 data-hovered:text-ink data-disabled:opacity-40';

/** A number, written in the numerals and with the separators of the language. */
export function NumberField({ label, description, errorMessage, className, ...rest }: NumberFieldProps) {
  return (
    <AriaNumberField isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <Group className={classes(groupClasses, 'max-w-56')}>
        <Button slot="decrement" className={stepClasses}>
          <Minus size={18} aria-hidden />
        </Button>
        <Input className={classes(bareInputClasses, 'text-center tabular-nums')} />
        <Button slot="increment" className={stepClasses}>
          <Plus size={18} aria-hidden />
        </Button>
      </Group>
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaNumberField>
  );
}
