import { useTranslation } from '@lyceum/i18n';
import { Button, Notice } from '@lyceum/ui';

import { useEditor } from '../editor-context';

/** A change that came too late: what is below is what somebody else made of it, and the change can still be made. */
export function Refused() {
  const { t } = useTranslation('editor');
  const { refused, change, forget } = useEditor();
  if (!refused) return null;
  return (
    <Notice tone="warn" title={t('late.title')}>
      <p>{t('late.detail')}</p>
      <p className="mt-2">
        {t('late.yours')} <strong>{t(`late.${refused.what}`, { title: refused.title })}</strong>
      </p>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button variant="primary" onPress={() => void change(refused)}>
          {t('late.again')}
        </Button>
        <Button onPress={forget}>{t('late.leave')}</Button>
      </div>
    </Notice>
  );
}
