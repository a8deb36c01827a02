import { useListSessionsQuery, useRevokeSessionMutation, type SessionView } from '@lyceum/api-client/auth';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Button, Card, ErrorState, Loading, PageHeader, Skeleton, toast } from '@lyceum/ui';
import { Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';

import { browserOf } from './browser-of';

// More browsers nobody has, and the server ends the ones that are not used.
const MOST = 100;

/** Where one is signed in, this device first, and the way to end the others. */
export function DevicesPage() {
  const { t } = useTranslation('settings');
  const { currentData, error, isFetching, refetch } = useListSessionsQuery({ limit: MOST }, { refetchOnMountOrArgChange: true });
  const sessions = [...(currentData?.items ?? [])].sort((one, other) => Number(other.current ?? false) - Number(one.current ?? false));
  return (
    <>
      <PageHeader title={t('devices.title')} lead={t('devices.lead')} />
      {currentData ? (
        <>
          <Card className="overflow-hidden">
            <ul>
              {sessions.map((session) => (
                <Device key={session.id} session={session} />
              ))}
            </ul>
          </Card>
          <EndOthers sessions={sessions.filter(({ current }) => !current)} />
        </>
      ) : error ? (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-64 rounded-lg" />
        </Loading>
      )}
    </>
  );
}

function Device({ session }: { session: SessionView }) {
  const { t } = useTranslation('settings');
  const format = useFormatting();
  const [revoke, { isLoading }] = useRevokeSessionMutation();
  const { browser, system, isPhone } = browserOf(session.user_agent);
  const known = [browser, system].filter((part) => part !== null);
  const name = known.length > 0 ? known.join(' · ') : t('devices.unknown');
  const Icon = isPhone ? Smartphone : Monitor;
  const end = async () => {
    const { error } = await revoke({ sessionId: session.id });
    toast(error ? { tone: 'bad', title: t('devices.failed') } : { tone: 'ok', title: t('devices.ended', { name }) });
  };
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-3 border-b border-line p-4 last:border-0 sm:px-6">
      <Icon size={24} strokeWidth={1.5} aria-hidden className="shrink-0 text-accent" />
      <div className="min-w-40 grow basis-0">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
          <bdi>{name}</bdi>
          {session.current && <Badge tone="ok">{t('devices.this')}</Badge>}
        </p>
        <p className="text-sm text-ink-2">
          {t('devices.seen', { date: format.dateTime(session.last_seen_at) })} · {t('devices.since', { date: format.date(session.started_at) })} · <bdi>{session.network}</bdi>
        </p>
      </div>
      {!session.current && (
        <Button aria-label={t('devices.end-of', { name })} isPending={isLoading} onPress={() => void end()}>
          {t('devices.end')}
        </Button>
      )}
    </li>
  );
}

function EndOthers({ sessions }: { sessions: readonly SessionView[] }) {
  const { t } = useTranslation('settings');
  const [revoke] = useRevokeSessionMutation();
  const [isEnding, setEnding] = useState(false);
  if (sessions.length < 2) return null;
  const end = async () => {
    setEnding(true);
    const ended = await Promise.all(sessions.map(({ id }) => revoke({ sessionId: id })));
    setEnding(false);
    toast(ended.some(({ error }) => error) ? { tone: 'bad', title: t('devices.failed') } : { tone: 'ok', title: t('devices.all-ended') });
  };
  return (
    <Button variant="danger" className="mt-6" isPending={isEnding} onPress={() => void end()}>
      {t('devices.end-all', { count: sessions.length })}
    </Button>
  );
}
