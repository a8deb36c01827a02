import { TextField } from '@lyceum/ui';
import type { ComponentProps } from 'react';
import { useController, type Control, type FieldPath, type FieldValues } from 'react-hook-form';

export interface FormTextProps<Values extends FieldValues> extends Omit<ComponentProps<typeof TextField>, 'value' | 'onChange' | 'onBlur' | 'errorMessage' | 'inputRef' | 'name'> {
  control: Control<Values>;
  name: FieldPath<Values>;
}

/** A text of a form: the field's message is what the form's checks or the server say of it. */
export function FormText<Values extends FieldValues>({ control, name, ...rest }: FormTextProps<Values>) {
  const { field, fieldState } = useController({ control, name });
  return (
    <TextField
      {...rest}
      validationBehavior="aria"
      name={name}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      inputRef={field.ref}
      errorMessage={fieldState.error?.message}
    />
  );
}
