import { useTranslation } from '@lyceum/i18n';
import { IconButton, TextField } from '@lyceum/ui';
import { X } from 'lucide-react';
import { useRef, useState } from 'react';

import { toField, toMoment } from './moments';

interface MomentFieldProps {
  label: string;
  description: string;
  errorMessage?: string;
  /** The IANA name of the time zone that the field speaks in. */
  zone: string;
  /** In ISO 8601; null for none. */
  value: string | null;
  onChange: (moment: string | null) => void;
}

/** A day and a time in a time zone. What is half written changes nothing. */
export function MomentField({ label, description, errorMessage, zone, value, onChange }: MomentFieldProps) {
  const { t } = useTranslation('editor');
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(() => toField(value, zone));
  const [isHalf, setHalf] = useState(false);
  // What was taken from elsewhere, such as a copy of this device, takes the place of what was written.
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (toMoment(text, zone) !== value) setText(toField(value, zone));
  }
  // A browser gives no value while a part is missing, and where there was none before it tells of no change either.
  const isIncomplete = () => input.current?.validity.badInput === true;
  const write = (written: string) => {
    setText(written);
    setHalf(isIncomplete());
    if (!isIncomplete()) onChange(toMoment(written, zone));
  };
  const wrong = isHalf ? t('rules.half') : errorMessage;
  return (
    <div className="flex items-start gap-1">
      <TextField inputRef={input} label={label} description={description} type="datetime-local" value={text} onChange={write} onBlur={() => setHalf(isIncomplete())} className="w-60" {...(wrong === undefined ? {} : { errorMessage: wrong })} />
      {value !== null && (
        <IconButton label={t('rules.clear', { label })} className="mt-6.5" onPress={() => onChange(null)}>
          <X size={18} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
