import { TextField } from '@lyceum/ui';
import { useState } from 'react';

export interface FilterTextProps {
  label: string;
  placeholder?: string;
  /** What the list is narrowed to now. */
  value: string;
  onApply: (value: string) => void;
  /** What the API takes. */
  pattern: RegExp;
  /** Says what it takes. */
  whenWrong: string;
  className?: string;
}

/** A filter that is typed. It holds when the field is left, or with Enter; what the API would refuse is not asked for. */
export function FilterText({ label, placeholder, value, onApply, pattern, whenWrong, className }: FilterTextProps) {
  const [text, setText] = useState(value);
  const [shown, setShown] = useState(value);
  // The address changed from elsewhere: back, a link, cleared filters.
  if (shown !== value) {
    setShown(value);
    setText(value);
  }
  const typed = text.trim();
  const isWrong = typed !== '' && !pattern.test(typed);
  const apply = () => {
    if (!isWrong && typed !== value) onApply(typed);
  };
  return (
    <TextField
      label={label}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(className === undefined ? {} : { className })}
      {...(isWrong ? { errorMessage: whenWrong } : {})}
      value={text}
      onChange={setText}
      onBlur={apply}
      onKeyDown={({ key }) => {
        if (key === 'Enter') apply();
      }}
    />
  );
}
