import { useTranslation } from '@lyceum/i18n';
import { Button, ComboBox, Option } from '@lyceum/ui';

export interface TimeZoneProps {
  value: string;
  onChange: (value: string) => void;
  errorMessage: string | undefined;
}

/** A name of the IANA database, found by typing; the one of this device is a press away. */
export function TimeZone({ value, onChange, errorMessage }: TimeZoneProps) {
  const { t } = useTranslation('settings');
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([value, here, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort().map((id) => ({ id, name: id.replaceAll('_', ' ') }));
  return (
    <div className="flex flex-col items-start gap-2">
      <ComboBox
        className="w-full"
        label={t('profile.time-zone')}
        description={t('profile.time-zone-note')}
        defaultItems={zones}
        value={value}
        onChange={(key) => {
          if (key !== null) onChange(String(key));
        }}
        {...(errorMessage === undefined ? {} : { errorMessage })}
      >
        {({ id, name }) => (
          <Option id={id}>
            {name}
          </Option>
        )}
      </ComboBox>
      {here !== value && (
        <Button variant="quiet" onPress={() => onChange(here)}>
          {t('profile.time-zone-here', { zone: here.replaceAll('_', ' ') })}
        </Button>
      )}
    </div>
  );
}
