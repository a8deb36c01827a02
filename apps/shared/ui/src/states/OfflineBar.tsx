import { useTranslation } from '@lyceum/i18n';
import { WifiOff } from 'lucide-react';

import { useOnline } from './use-online';

/** Over the foot of the page while there is no network. It covers nothing for long, and moves nothing. */
export function OfflineBar() {
  const { t } = useTranslation('ui');
  const isOnline = useOnline();
  return (
    <div role="status" className="pointer-events-none fixed inset-x-4 bottom-4 z-30 flex justify-center">
      {!isOnline && (
        <p className="pointer-events-auto flex max-w-xl items-start gap-3 rounded-md bg-ink px-4 py-3 text-sm text-surface shadow-overlay">
          <WifiOff size={18} aria-hidden className="mt-0.5 shrink-0" />
          {t('offline.bar')}
        </p>
      )}
    </div>
  );
}
