import type { ImportView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge } from '@lyceum/ui';

const tones = { queued: 'plain', running: 'accent', succeeded: 'ok', failed: 'bad' } as const;

export function StateBadge({ state }: { state: ImportView['state'] }) {
  const { t } = useTranslation('imports');
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
