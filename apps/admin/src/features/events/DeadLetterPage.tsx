import { useGetDeadLetterQuery, type DeadLetterDetail } from '@lyceum/api-client/platform';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Breadcrumbs, Card, ErrorState, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { Fragment, lazy, Suspense, type ReactNode } from 'react';
import { useParams } from 'react-router';

import { usePermissions } from '../session';

const Replay = lazy(async () => ({ default: (await import('./Replay')).Replay }));

/** One event that a module could not handle: why, and what was in it. */
export function DeadLetterPage() {
  const { t } = useTranslation('events');
  const { module = '', eventId = '' } = useParams();
  const { may } = usePermissions();
  const { currentData: letter, error, isFetching, refetch } = useGetDeadLetterQuery({ module, eventId });
  if (error) {
    return (
      <PageBody>
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  if (!letter) return <PageLoading />;
  const isDead = letter.resolved_at === null;
  return (
    <PageBody>
      <PageHeader
        above={<Breadcrumbs crumbs={[{ href: '/events', title: t('title') }, { href: null, title: t('letter.title') }]} />}
        title={<TypeName type={letter.type} />}
        lead={isDead ? <Badge tone="bad">{t('letter.dead')}</Badge> : <Badge tone="ok">{t('letter.handled')}</Badge>}
        actions={
          may('platform.events.replay') && (
            <Suspense>
              <Replay choice={{ module, ids: [eventId] }} label={t('replay.this')} isOffered={isDead} />
            </Suspense>
          )
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[1fr_2fr]">
        <Facts letter={letter} />
        <div className="flex min-w-0 flex-col gap-6">
          <Part title={t('letter.cause')}>{letter.cause}</Part>
          <Part title={t('letter.payload')}>{JSON.stringify(letter.envelope.data ?? letter.envelope, null, 2)}</Part>
        </div>
      </div>
    </PageBody>
  );
}

/** Breaks after a dot, where it does not fit into a line. */
function TypeName({ type }: { type: string }) {
  return (
    <span dir="ltr" className="wrap-anywhere">
      {type.split('.').map((part, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <>
              .<wbr />
            </>
          )}
          {part}
        </Fragment>
      ))}
    </span>
  );
}

function Facts({ letter }: { letter: DeadLetterDetail }) {
  const { t } = useTranslation('events');
  const format = useFormatting();
  const happened: unknown = letter.envelope.time;
  const facts: [string, string | null][] = [
    [t('dead.module'), letter.module],
    [t('letter.producer'), letter.producer],
    [t('dead.died'), format.dateTime(letter.died_at)],
    [t('letter.resolved'), letter.resolved_at === null ? null : format.dateTime(letter.resolved_at)],
    [t('dead.attempts'), format.number(letter.attempts)],
    [t('letter.happened'), typeof happened === 'string' ? format.dateTime(happened) : null],
    [t('letter.subject'), letter.subject],
    [t('letter.position'), letter.position],
    [t('letter.id'), letter.event_id],
  ];
  return (
    <Card className="p-5">
      <dl className="flex flex-col gap-4">
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name}>
                <dt className="text-sm text-ink-2">{name}</dt>
                <dd>
                  <bdi className="wrap-anywhere">{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </Card>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 text-xl">{title}</h2>
      <pre dir="ltr" className="rounded-lg border border-line bg-sunken p-4 font-mono text-sm wrap-anywhere whitespace-pre-wrap">{children}</pre>
    </section>
  );
}
