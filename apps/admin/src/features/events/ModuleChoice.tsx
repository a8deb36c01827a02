import { useListEventBacklogsQuery } from '@lyceum/api-client/platform';
import { useTranslation } from '@lyceum/i18n';
import { Option, Select } from '@lyceum/ui';

const ANY = '*';

export interface ModuleChoiceProps {
  value: string;
  onChange: (module: string) => void;
  /** Whether there is a choice of all modules. */
  hasAny?: boolean;
}

/** Which module. One that stands in the address is offered also while the others are not known. */
export function ModuleChoice({ value, onChange, hasAny = false }: ModuleChoiceProps) {
  const { t } = useTranslation('events');
  const { currentData } = useListEventBacklogsQuery();
  const names = currentData?.modules.map(({ module }) => module) ?? [];
  const offered = value === '' || names.includes(value) ? names : [...names, value];
  return (
    <Select
      label={t('filters.module')}
      className="w-full sm:w-48"
      value={value === '' ? (hasAny ? ANY : null) : value}
      onChange={(key) => onChange(key === ANY || key === null ? '' : String(key))}
    >
      {hasAny && <Option id={ANY}>{t('filters.any')}</Option>}
      {offered.map((name) => (
        <Option key={name} id={name}>
          {name}
        </Option>
      ))}
    </Select>
  );
}
