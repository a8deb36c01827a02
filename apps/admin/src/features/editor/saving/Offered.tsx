import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Disclosure, Notice } from '@lyceum/ui';
import type { ReactNode } from 'react';

import type { Autosave } from './use-autosave';

export interface OfferedProps<T> {
  draft: Autosave<T>;
  /** The copy, to look at before deciding. */
  show: (value: T) => ReactNode;
}

/** A text of this device that the server does not have: it can be taken back, also in exchange for what is shown now. */
export function Offered<T>({ draft, show }: OfferedProps<T>) {
  const { t } = useTranslation('editor');
  const format = useFormatting();
  const { offered: copy, throwAway } = draft.copies;
  if (copy === null) return null;
  return (
    <Notice tone="warn" title={t('copy.title', { time: format.dateTime(copy.at) })}>
      <p>{t('copy.detail')}</p>
      <div className="mt-2 -ms-4">
        <Disclosure title={t('copy.look')}>{show(copy.value)}</Disclosure>
      </div>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button variant="primary" onPress={draft.takeOffered}>
          {t('copy.take')}
        </Button>
        <Button onPress={throwAway}>{t('copy.throw')}</Button>
      </div>
    </Notice>
  );
}
