import type { CourseView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge } from '@lyceum/ui';

const tones = { draft: 'plain', published: 'ok', archived: 'warn' } as const;

export function StateBadge({ state }: { state: CourseView['state'] }) {
  const { t } = useTranslation('courses');
  return <Badge tone={tones[state]}>{t(`state.${state}`)}</Badge>;
}
