import type { Ref } from 'react';
import { Input, TextArea as AriaTextArea, TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components';

import { classes } from '../classes';
import { fieldClasses, FieldLabel, FieldNotes, inputClasses, type FieldTexts } from './field-look';

type Base = Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> & FieldTexts;

export interface TextFieldProps extends Base {
  placeholder?: string;
  inputRef?: Ref<HTMLInputElement>;
}

/** One line of text. With `errorMessage` it is invalid. */
export function TextField({ label, description, errorMessage, className, placeholder, inputRef, ...rest }: TextFieldProps) {
  return (
    <AriaTextField isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <Input ref={inputRef} dir="auto" placeholder={placeholder} className={inputClasses} />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends Base {
  placeholder?: string;
  rows?: number;
  inputRef?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text; it grows with them where the browser can. */
export function TextArea({ label, description, errorMessage, className, placeholder, rows = 4, inputRef, ...rest }: TextAreaProps) {
  return (
    <AriaTextField isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <AriaTextArea ref={inputRef} dir="auto" rows={rows} placeholder={placeholder} className={classes(inputClasses, 'field-sizing-content min-h-24 resize-y')} />
      <FieldNotes description={description} errorMessage={errorMessage} />
    </AriaTextField>
  );
}
