import { useTranslation } from '@lyceum/i18n';
import { Radio, RadioGroup, TextField } from '@lyceum/ui';
import { useState } from 'react';

import type { EmbedContent } from './contents';
import { isWebAddress } from './web-address';

/** Something from elsewhere. Only an address that can be one is saved. */
export function EmbedForm({ content, onChange }: { content: EmbedContent; onChange: (content: EmbedContent) => void }) {
  const { t } = useTranslation('editor');
  const [url, setUrl] = useState(content.url);
  const [shown, setShown] = useState(content.url);
  // Another version of it was chosen meanwhile.
  if (content.url !== shown) {
    setShown(content.url);
    setUrl(content.url);
  }
  const write = (text: string) => {
    setUrl(text);
    if (!isWebAddress(text)) return;
    setShown(text.trim());
    onChange({ ...content, url: text.trim() });
  };
  return (
    <div className="flex max-w-2xl flex-col gap-5">
      <TextField
        label={t('embed.url')}
        description={t('embed.url-note')}
        type="url"
        value={url}
        onChange={write}
        {...(isWebAddress(url) ? {} : { errorMessage: t('embed.url-wrong') })}
      />
      <RadioGroup label={t('embed.presentation')} value={content.presentation} onChange={(chosen) => onChange({ ...content, presentation: chosen === 'link' ? 'link' : 'frame' })}>
        <Radio value="frame">{t('embed.frame')}</Radio>
        <Radio value="link">{t('embed.link')}</Radio>
      </RadioGroup>
    </div>
  );
}
