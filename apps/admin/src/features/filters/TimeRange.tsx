import { useTranslation } from '@lyceum/i18n';
import { TextField } from '@lyceum/ui';

import { toField, toMoment } from './moments';

export interface TimeRangeProps {
  /** Moments with their offset, as the API takes them; empty for none. */
  since: string;
  until: string;
  onChange: (name: 'since' | 'until', value: string) => void;
}

/** From when and until when; typed in the browser's time zone. */
export function TimeRange({ since, until, onChange }: TimeRangeProps) {
  const { t } = useTranslation('filters');
  return (
    <>
      <TextField label={t('since')} type="datetime-local" value={toField(since)} onChange={(value) => onChange('since', toMoment(value))} className="w-full sm:w-52" />
      <TextField label={t('until')} type="datetime-local" value={toField(until)} onChange={(value) => onChange('until', toMoment(value))} className="w-full sm:w-52" />
    </>
  );
}
