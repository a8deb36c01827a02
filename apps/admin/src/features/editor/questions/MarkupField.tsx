import { useTranslation } from '@lyceum/i18n';
import { IconButton, TextArea, TextField } from '@lyceum/ui';
import { Type } from 'lucide-react';
import { useState } from 'react';

import { HtmlField } from '../text/HtmlField';
import { asHtml, asPlain } from './plain';

export interface MarkupFieldProps {
  courseId: string;
  label: string;
  html: string;
  onChange: (html: string) => void;
  /** A line, as most options are, or several, as explanations are. */
  isLine?: boolean;
}

/** A short text that can have markup but mostly has none: then it is a field like any other. */
export function MarkupField({ courseId, label, html, onChange, isLine = false }: MarkupFieldProps) {
  const { t } = useTranslation('editor');
  const [isRich, setRich] = useState(() => asPlain(html) === null);
  const text = asPlain(html);
  if (isRich || text === null) return <HtmlField courseId={courseId} label={label} html={html} onChange={onChange} isSmall />;
  const field = { label, value: text, onChange: (words: string) => onChange(asHtml(words)), className: 'min-w-0 grow' };
  return (
    <div className="flex items-end gap-1">
      {isLine ? <TextField {...field} /> : <TextArea rows={2} {...field} />}
      <IconButton label={t('text.with-markup', { label })} className="shrink-0 text-ink-2" onPress={() => setRich(true)}>
        <Type size={18} aria-hidden />
      </IconButton>
    </div>
  );
}
