import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Disclosure, Notice } from '@lyceum/ui';
import type { ReactNode } from 'react';

import type { LocalCopy } from './local-copy';

export interface OfferedProps<T> {
  copy: LocalCopy<T>;
  /** The copy, to look at before deciding. */
  show: (value: T) => ReactNode;
  onTake: () => void;
  onThrowAway: () => void;
}

/** A text of this device that the server does not have: it can be taken back, also in exchange for what is shown now. */
export function Offered<T>({ copy, show, onTake, onThrowAway }: OfferedProps<T>) {
  const { t } = useTranslation('editor');
  const format = useFormatting();
  return (
    <Notice tone="warn" title={t('copy.title', { time: format.dateTime(copy.at) })}>
      <p>{t('copy.detail')}</p>
      <div className="mt-2 -ms-4">
        <Disclosure title={t('copy.look')}>{show(copy.value)}</Disclosure>
      </div>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button variant="primary" onPress={onTake}>
          {t('copy.take')}
        </Button>
        <Button onPress={onThrowAway}>{t('copy.throw')}</Button>
      </div>
    </Notice>
  );
}
