import type { ImportView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { ProgressBar } from '@lyceum/ui';

const known = ['unpacking', 'reading', 'files', 'problems', 'saving'] as const;

/** How far an import is: what it is at, and how much of that is done where it is known. */
export function Stage({ progress }: { progress: ImportView['progress'] }) {
  const { t } = useTranslation('imports');
  if (!progress) return <ProgressBar label={t('stage.queued')} value={null} />;
  const stage = known.find((one) => one === progress.stage);
  const { done, total } = progress;
  const label = stage ? t(`stage.${stage}`) : progress.stage;
  const isCounted = done !== null && total !== null && total > 0;
  return (
    <div className="flex flex-col gap-1">
      <ProgressBar label={label} value={isCounted ? Math.min(100, Math.floor((done / total) * 100)) : null} />
      {isCounted && <p className="text-sm text-ink-2 tabular-nums">{t('stage.count', { done, total })}</p>}
    </div>
  );
}
