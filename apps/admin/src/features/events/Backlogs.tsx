import { useListEventBacklogsQuery, type ModuleBacklog } from '@lyceum/api-client/platform';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, ErrorState, Link, Loading, Skeleton } from '@lyceum/ui';

// Milliseconds between two questions.
const INTERVAL = 15_000;
const CARDS = 5;
// Seconds from which on an event waits longer than it should.
const LATE = 60;
const grid = 'grid gap-4 sm:grid-cols-2 xl:grid-cols-3';

/** Each module: what waits in its outbox, and what it could not handle. */
export function Backlogs() {
  const { currentData, error, isFetching, refetch } = useListEventBacklogsQuery(undefined, { pollingInterval: INTERVAL });
  if (error && !currentData) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className={grid}>
        {Array.from({ length: CARDS }, (_, index) => (
          <Skeleton key={index} className="h-34 rounded-lg" />
        ))}
      </Loading>
    );
  }
  return (
    <ul className={grid}>
      {currentData.modules.map((backlog) => (
        <Backlog key={backlog.module} backlog={backlog} />
      ))}
    </ul>
  );
}

function Backlog({ backlog: { module, here, waiting, oldest_seconds: oldest, dead } }: { backlog: ModuleBacklog }) {
  const { t } = useTranslation('events');
  const format = useFormatting();
  const isLate = (oldest ?? 0) > LATE;
  return (
    <Card as="li" className="flex flex-col gap-3 p-5">
      <div className="flex items-start justify-between gap-3">
        <h3 dir="ltr" className="text-lg first-letter:uppercase">
          {module}
        </h3>
        {!here && <Badge>{t('modules.elsewhere')}</Badge>}
        {here && (dead ?? 0) > 0 && <Badge tone="bad">{t('modules.dead-some')}</Badge>}
        {here && !dead && isLate && <Badge tone="warn">{t('modules.late')}</Badge>}
        {here && !dead && !isLate && <Badge tone="ok">{t('modules.fine')}</Badge>}
      </div>
      {here ? (
        <dl className="grid grid-cols-2 gap-3">
          <div>
            <dt className="text-sm text-ink-2">{t('modules.waiting')}</dt>
            <dd className="tabular-nums">
              <Link href={`/events/outbox?module=${module}`} aria-label={`${format.number(waiting ?? 0)} · ${t('modules.outbox', { module })}`} className="inline-flex min-h-11 items-center">
                {format.number(waiting ?? 0)}
              </Link>
              {typeof oldest === 'number' && <span className="ms-2 text-sm text-ink-2">{t('modules.for', { time: format.duration(oldest) })}</span>}
            </dd>
          </div>
          <div>
            <dt className="text-sm text-ink-2">{t('modules.dead')}</dt>
            <dd className="tabular-nums">
              <Link href={`/events?module=${module}`} aria-label={`${format.number(dead ?? 0)} · ${t('modules.only', { module })}`} className="inline-flex min-h-11 items-center">
                {format.number(dead ?? 0)}
              </Link>
            </dd>
          </div>
        </dl>
      ) : (
        <p className="text-sm text-ink-2">{t('modules.elsewhere-detail')}</p>
      )}
    </Card>
  );
}
