import { useTranslation } from '@lyceum/i18n';

import { Option, Select } from '../forms/Select';

export interface DropdownProps {
  /** What can be chosen, in words. */
  options: readonly { id: string; words: string }[];
  value: string;
  onChange: (value: string) => void;
}

/** One of a list that opens. In a file of its own because lists that open weigh more than all other fields together. */
export function Dropdown({ options, value, onChange }: DropdownProps) {
  const { t } = useTranslation('ui');
  return (
    <Select
      label={t('question.one')}
      placeholder={t('question.choose')}
      value={value === '' ? null : value}
      onChange={(key) => onChange(key === null ? '' : String(key))}
      className="max-w-md"
    >
      {options.map(({ id, words }) => (
        <Option key={id} id={id} textValue={words}>
          <span dir="auto">{words}</span>
        </Option>
      ))}
    </Select>
  );
}
