import type { Account } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { Badge } from '@lyceum/ui';

export function StatusBadge({ status }: { status: Account['status'] }) {
  const { t } = useTranslation('people');
  return status === 'active' ? <Badge tone="ok">{t('status.active')}</Badge> : <Badge tone="warn">{t('status.deactivated')}</Badge>;
}
