import { useSignOutMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, LinkButton, OutsideLink, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { useSearchParams } from 'react-router';

import { forgetKept } from '../kept';
import { ProblemNotice } from '../problem-notice';
import { useSession } from '../session';
import { destinationOf, type Destination } from './destination';

/**
 * Where the end-session endpoint sends the browser when it can't tell whether the person wants to sign out. The way back is shown
 * with the name of its place and taken by a press: anybody can make a link to this page.
 */
export function SignOutPage() {
  const { t } = useTranslation('consent');
  const [query] = useSearchParams();
  const { session, isKnown } = useSession();
  const [signOut, { error, isLoading }] = useSignOutMutation();
  const destination = destinationOf(query.get('return_to'));
  if (!isKnown) return <PageLoading />;
  if (!session) return <SignedOut destination={destination} />;
  const leave = async () => {
    const { error: refused } = await signOut();
    if (refused === undefined) forgetKept();
  };
  return (
    <PageBody width="form">
      <PageHeader title={t('out.title')} lead={t('out.lead', { name: session.user.display_name })} />
      <Card className="flex flex-col gap-5 p-5 sm:p-8">
        {error && <ProblemNotice problem={error} />}
        <Button variant="primary" isPending={isLoading} onPress={() => void leave()}>
          {t('out.action')}
        </Button>
        <LinkButton href="/">{t('out.stay')}</LinkButton>
      </Card>
    </PageBody>
  );
}

function SignedOut({ destination }: { destination: Destination | null }) {
  const { t } = useTranslation('consent');
  return (
    <PageBody width="form">
      <PageHeader title={t('out.done')} lead={t('out.done-detail')} />
      <Card className="flex flex-col gap-4 p-5 sm:p-8">
        {destination && (
          <OutsideLink inSameTab variant="primary" href={destination.address}>
            {t('out.go-on', { place: destination.place })}
          </OutsideLink>
        )}
        <LinkButton href="/">{t('out.home')}</LinkButton>
      </Card>
    </PageBody>
  );
}
