import { LANGUAGES, useFormatting, useTranslation } from '@lyceum/i18n';
import { Option, Select } from '@lyceum/ui';

const ALL = 'all';

export interface LanguageFilterProps {
  language: string | undefined;
  onChange: (language: string | undefined) => void;
}

/** In which language courses should be. In a file of its own because lists that open weigh as much as the whole page. */
export function LanguageFilter({ language, onChange }: LanguageFilterProps) {
  const { t } = useTranslation('catalog');
  const format = useFormatting();
  const languages = [...new Set([...LANGUAGES.map(({ code }) => code), ...(language ? [language] : [])])];
  return (
    <Select
      label={t('language')}
      hideLabel
      value={language ?? ALL}
      onChange={(key) => onChange(key === null || key === ALL ? undefined : String(key))}
      className="w-full sm:w-56"
    >
      <Option id={ALL}>{t('all-languages')}</Option>
      {languages.map((code) => (
        <Option key={code} id={code}>
          {format.languageName(code)}
        </Option>
      ))}
    </Select>
  );
}
