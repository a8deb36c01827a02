import type { ChoiceProps } from './Choice';
import { Option, Select } from './Select';

// A key may not be empty, an id may.
const MARK = ':';

/** What `Choice` shows once it is there. */
export function ChoiceList({ options, value, onChange, ...rest }: ChoiceProps) {
  return (
    <Select
      {...rest}
      value={options.some(([id]) => id === value) ? MARK + value : null}
      onChange={(key) => {
        if (key !== null) onChange(String(key).slice(MARK.length));
      }}
    >
      {options.map(([id, title]) => (
        <Option key={id} id={MARK + id}>
          {title}
        </Option>
      ))}
    </Select>
  );
}
