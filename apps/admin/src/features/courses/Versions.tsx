import { isApiProblem } from '@lyceum/api-client';
import { useListVersionsQuery, useRestoreVersionMutation, type VersionView } from '@lyceum/api-client/course';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { AlertDialog, Badge, Button, Card, DialogTrigger, ErrorState, Loading, Skeleton, toast } from '@lyceum/ui';

const SHOWN = 50;

/** What was published, latest first, and the way back to it. */
export function Versions({ courseId }: { courseId: string }) {
  const { t } = useTranslation('courses');
  return (
    <section aria-labelledby="versions" className="flex flex-col gap-6">
      <h2 id="versions" className="text-2xl">
        {t('versions.title')}
      </h2>
      <List courseId={courseId} />
    </section>
  );
}

function List({ courseId }: { courseId: string }) {
  const { t } = useTranslation('courses');
  const { currentData, error, isFetching, refetch } = useListVersionsQuery({ courseId, limit: SHOWN });
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading>
        <Skeleton className="h-28 rounded-lg" />
      </Loading>
    );
  }
  if (currentData.items.length === 0) return <p className="text-ink-2">{t('versions.none')}</p>;
  return (
    <ol className="flex flex-col gap-3">
      {currentData.items.map((version) => (
        <Version key={version.number} courseId={courseId} version={version} />
      ))}
    </ol>
  );
}

function Version({ courseId, version }: { courseId: string; version: VersionView }) {
  const { t } = useTranslation('courses');
  const format = useFormatting();
  const { number } = version;
  return (
    <Card as="li" className="flex flex-col items-start gap-2 p-4">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="text-lg">{t('version', { number })}</h3>
        {version.current && <Badge tone="ok">{t('versions.current')}</Badge>}
      </div>
      <p className="text-sm text-ink-2">{t('versions.published', { date: format.dateTime(version.published_at) })}</p>
      {version.note !== '' && <p dir="auto">{version.note}</p>}
      {!version.current && <Restore courseId={courseId} number={number} />}
    </Card>
  );
}

function Restore({ courseId, number }: { courseId: string; number: number }) {
  const { t } = useTranslation('courses');
  const [restore, { isLoading }] = useRestoreVersionMutation();
  const act = async () => {
    try {
      const restored = await restore({ courseId, number }).unwrap();
      toast({ tone: 'ok', title: t('publish.done', { number: restored.number }) });
    } catch (error) {
      toast({ tone: 'bad', title: t('refused'), ...(isApiProblem(error) && error.detail !== '' ? { detail: error.detail } : {}) });
    }
  };
  return (
    <DialogTrigger>
      <Button>{t('versions.restore', { number })}</Button>
      <AlertDialog title={t('versions.restore', { number })} action={t('versions.restore-action')} isPending={isLoading} onAction={(close) => void act().finally(close)}>
        {t('versions.restore-detail')}
      </AlertDialog>
    </DialogTrigger>
  );
}
