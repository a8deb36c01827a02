import { api } from '@lyceum/api-client';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, EmptyState, ErrorState, Loading, Notice, PageBody, PageHeader, Skeleton } from '@lyceum/ui';
import { HeartPulse } from 'lucide-react';

interface CheckView {
  status: string;
  required: boolean;
  milliseconds: number;
}

export interface Readiness {
  status: string;
  checks: Record<string, CheckView>;
}

// Milliseconds between two questions.
const INTERVAL = 10_000;
const ROWS = 6;

/** Not of the API's document: what balancers ask, at the root. It answers 503 with the same body when something is missing. */
const health = api.injectEndpoints({
  endpoints: (build) => ({
    getReadiness: build.query<Readiness, void>({
      query: () => ({ url: '/readyz', validateStatus: ({ status }) => status === 200 || status === 503 }),
    }),
  }),
});

/** Whether everything works that the platform needs. */
export function SystemPage() {
  const { t } = useTranslation('system');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Checks />
    </PageBody>
  );
}

function Checks() {
  const { t } = useTranslation('system');
  const format = useFormatting();
  const { currentData, error, isFetching, refetch, fulfilledTimeStamp } = health.useGetReadinessQuery(undefined, { pollingInterval: INTERVAL });
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {Array.from({ length: ROWS }, (_, index) => (
          <Skeleton key={index} className="h-28 rounded-lg" />
        ))}
      </Loading>
    );
  }
  const checks = Object.entries(currentData.checks);
  if (checks.length === 0) {
    return (
      <EmptyState icon={<HeartPulse size={32} strokeWidth={1.5} aria-hidden />} title={t('none')}>
        {t('none-detail')}
      </EmptyState>
    );
  }
  const isReady = currentData.status === 'ready';
  return (
    <>
      <Notice tone={isReady ? 'ok' : 'bad'} title={isReady ? t('ready') : t('not-ready')}>
        {fulfilledTimeStamp !== undefined && <p className="text-sm">{t('checked', { time: format.date(fulfilledTimeStamp, { timeStyle: 'medium' }) })}</p>}
      </Notice>
      <ul className="mt-6 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {checks.map(([name, check]) => (
          <Check key={name} name={name} check={check} />
        ))}
      </ul>
    </>
  );
}

function Check({ name, check: { status, required, milliseconds } }: { name: string; check: CheckView }) {
  const { t } = useTranslation('system');
  const format = useFormatting();
  const tone = status === 'passing' ? 'ok' : required ? 'bad' : 'warn';
  return (
    <Card as="li" className="flex flex-col gap-2 p-5">
      <div className="flex items-start justify-between gap-3">
        <h2 dir="ltr" className="text-lg first-letter:uppercase">{name}</h2>
        <Badge tone={tone}>{status === 'passing' ? t('passing') : t('failing')}</Badge>
      </div>
      <p className="flex justify-between gap-3 text-sm text-ink-2">
        <span>{required ? t('required') : t('optional')}</span>
        <span className="tabular-nums">{t('milliseconds', { time: format.number(milliseconds) })}</span>
      </p>
    </Card>
  );
}
