import { isApiProblem } from '@lyceum/api-client';
import { useGetUserQuery, useReactivateUserMutation, type Account } from '@lyceum/api-client/identity';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Breadcrumbs, Button, Card, EmptyState, ErrorState, LinkButton, PageBody, PageHeader, PageLoading, Skeleton, toast } from '@lyceum/ui';
import { UserX } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useParams } from 'react-router';

import { usePermissions } from '../session';
import { useRefusal } from './refusal';
import { StatusBadge } from './StatusBadge';

// Questions that open are heavy.
const Deactivation = lazy(async () => ({ default: (await import('./Deactivation')).Deactivation }));
const Roles = lazy(async () => ({ default: (await import('./Roles')).Roles }));

/** One person: the account, and the roles. */
export function PersonPage() {
  const { t } = useTranslation('people');
  const { userId = '' } = useParams();
  const { currentData: person, error, isFetching, refetch } = useGetUserQuery({ userId });
  const { may } = usePermissions();
  if (error) {
    return (
      <PageBody>
        <PageHeader title={t('title')} />
        {isApiProblem(error) && error.status === 404 ? (
          <EmptyState icon={<UserX size={32} strokeWidth={1.5} aria-hidden />} title={t('missing.title')} action={<LinkButton href="/people">{t('missing.all')}</LinkButton>}>
            {t('missing.detail')}
          </EmptyState>
        ) : (
          <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
        )}
      </PageBody>
    );
  }
  if (!person) return <PageLoading />;
  return (
    <PageBody>
      <PageHeader
        above={<Breadcrumbs crumbs={[{ href: '/people', title: t('title') }, { href: null, title: person.display_name }]} />}
        title={<bdi>{person.display_name}</bdi>}
        lead={<StatusBadge status={person.status} />}
        actions={may('identity.user.manage') && <Activity person={person} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_2fr]">
        <Facts person={person} />
        <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
          <Roles person={person} mayAssign={may('auth.role.assign')} />
        </Suspense>
      </div>
    </PageBody>
  );
}

function Facts({ person }: { person: Account }) {
  const { t } = useTranslation('people');
  const format = useFormatting();
  const facts = [
    [t('facts.email'), person.email],
    [t('facts.language'), format.languageName(person.locale)],
    [t('facts.zone'), person.time_zone],
    [t('facts.since'), format.date(person.created_at)],
  ] as const;
  return (
    <Card className="p-5">
      <dl className="flex flex-col gap-4">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt className="text-sm text-ink-2">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** What keeps the person out, or lets them in again. */
function Activity({ person }: { person: Account }) {
  const { t } = useTranslation('people');
  const [isAsking, setAsking] = useState(false);
  const [reactivate, { isLoading }] = useReactivateUserMutation();
  const refusal = useRefusal();
  if (person.status === 'deactivated') {
    const onPress = () => void reactivate({ userId: person.id }).unwrap().then(() => toast({ tone: 'ok', title: t('reactivate.done', { name: person.display_name }) }), refusal);
    return (
      <Button isPending={isLoading} onPress={onPress}>
        {t('reactivate.button')}
      </Button>
    );
  }
  return (
    <>
      <Button variant="danger" onPress={() => setAsking(true)}>
        {t('deactivate.button')}
      </Button>
      {isAsking && (
        <Suspense>
          <Deactivation person={person} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
