import { externalSignInAddress, useListExternalIdentitiesQuery, useListExternalProvidersQuery, useUnlinkExternalIdentityMutation, type ExternalIdentityView } from '@lyceum/api-client/auth';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, ErrorState, Loading, Notice, OutsideLink, Skeleton, toast } from '@lyceum/ui';
import { Link2 } from 'lucide-react';
import { useSearchParams } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { Section } from './Section';

const HERE = '/settings/sign-in';

/** Accounts elsewhere that one can sign in with. Where there are no such places, nothing shows. */
export function LinkedAccounts() {
  const { t } = useTranslation('settings');
  const [query] = useSearchParams();
  const providers = useListExternalProvidersQuery();
  const { currentData, error, isFetching, refetch } = useListExternalIdentitiesQuery({});
  const offered = providers.currentData?.items ?? [];
  if (offered.length === 0 && currentData?.items.length === 0) return null;
  return (
    <Section title={t('linked.title')} lead={t('linked.lead')}>
      <div className="flex flex-col gap-5">
        {query.has('error') && <Notice tone="bad">{query.get('error') === 'auth.external-account-in-use' ? t('linked.in-use') : t('linked.failed')}</Notice>}
        {currentData ? (
          <List identities={currentData.items} />
        ) : error ? (
          <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
        ) : (
          <Loading>
            <Skeleton className="h-14" />
          </Loading>
        )}
        {offered.length > 0 && (
          <ul className="flex flex-wrap gap-3">
            {offered.map(({ name }) => (
              <li key={name}>
                <OutsideLink inSameTab href={externalSignInAddress(name, HERE, true)} icon={<Link2 size={18} aria-hidden />}>
                  {t('linked.add', { name: name.charAt(0).toLocaleUpperCase() + name.slice(1) })}
                </OutsideLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Section>
  );
}

function List({ identities }: { identities: readonly ExternalIdentityView[] }) {
  const { t } = useTranslation('settings');
  if (identities.length === 0) return <p className="text-ink-2">{t('linked.none')}</p>;
  return (
    <ul className="flex flex-col">
      {identities.map((identity) => (
        <Identity key={identity.id} identity={identity} />
      ))}
    </ul>
  );
}

function Identity({ identity }: { identity: ExternalIdentityView }) {
  const { t } = useTranslation('settings');
  const format = useFormatting();
  const [unlink, { error, isLoading }] = useUnlinkExternalIdentityMutation();
  const place = URL.canParse(identity.issuer) ? new URL(identity.issuer).host : identity.issuer;
  const end = async () => {
    const { error: refused } = await unlink({ identityId: identity.id });
    if (refused === undefined) toast({ tone: 'ok', title: t('linked.removed', { place }) });
  };
  return (
    <li className="flex flex-col gap-3 border-b border-line py-3 first:pt-0 last:border-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 grow">
          <p dir="auto" className="font-medium">
            {place}
          </p>
          <p className="text-sm text-ink-2">{t('linked.since', { date: format.date(identity.linked_at) })}</p>
        </div>
        <Button aria-label={t('linked.remove-from', { place })} isPending={isLoading} onPress={() => void end()}>
          {t('linked.remove')}
        </Button>
      </div>
      {error && <ProblemNotice problem={error} texts={{ 'auth.last-way-to-sign-in': t('linked.last') }} />}
    </li>
  );
}
