import { useTranslation } from '@lyceum/i18n';
import { Option, Select } from '@lyceum/ui';

const ANY = 'any';

/** Which accounts: all, active or deactivated ones. */
export function StatusFilter({ value, onChange }: { value: string; onChange: (status: string) => void }) {
  const { t } = useTranslation('people');
  return (
    <Select
      label={t('status.label')}
      hideLabel
      className="min-w-44"
      value={value === '' ? ANY : value}
      onChange={(key) => onChange(key === ANY || key === null ? '' : String(key))}
    >
      <Option id={ANY}>{t('status.any')}</Option>
      <Option id="active">{t('status.active')}</Option>
      <Option id="deactivated">{t('status.deactivated')}</Option>
    </Select>
  );
}
