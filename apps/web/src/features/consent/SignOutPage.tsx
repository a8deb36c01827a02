import { isApiProblem } from '@lyceum/api-client';
import { useGetSignOutQuestionQuery, useSignOutMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, ErrorState, LinkButton, OutsideLink, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { useSearchParams } from 'react-router';

import { forgetKept } from '../kept';
import { ProblemNotice } from '../problem-notice';
import { useSession } from '../session';
import { destinationOf, type Destination } from './destination';

const INVALID = new Set(['auth.logout-request-invalid', 'validation-failed']);

/**
 * Where the end-session endpoint sends the browser when it can't tell whether the person wants to sign out. Anybody can make a link to
 * this page, so who asks and where the way leads afterwards is what the API knows of the request; without it nobody asks.
 */
export function SignOutPage() {
  const { t } = useTranslation('consent');
  const [query] = useSearchParams();
  const { session, isKnown } = useSession();
  const [signOut, { error, isLoading }] = useSignOutMutation();
  const request = query.get('request') ?? '';
  const { currentData: question, error: unasked, isFetching, refetch } = useGetSignOutQuestionQuery({ request }, { skip: request === '' });
  const isInvalid = isApiProblem(unasked) && INVALID.has(unasked.code);
  if (unasked && !isInvalid) {
    return (
      <PageBody width="form">
        <ErrorState error={unasked} isRetrying={isFetching} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  if (!isKnown || (request !== '' && !question && !isInvalid)) return <PageLoading />;
  const destination = destinationOf(question?.location ?? null);
  if (!session) return <SignedOut destination={destination} />;
  const leave = async () => {
    const { error: refused } = await signOut();
    if (refused === undefined) forgetKept();
  };
  return (
    <PageBody width="form">
      <PageHeader title={t('out.title')} lead={t('out.lead', { name: session.user.display_name })} />
      <Card className="flex flex-col gap-5 p-5 sm:p-8">
        {question && <p dir="auto">{t('out.asked', { name: question.client_name })}</p>}
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
