import { isApiProblem } from '@lyceum/api-client';
import { useAnswerConsentQuestionMutation, useGetConsentQuestionQuery } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, EmptyState, ErrorState, Loading, Notice, PageBody, PageHeader, Skeleton } from '@lyceum/ui';
import { Check, ShieldQuestion } from 'lucide-react';
import { useSearchParams } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { useSession } from '../session';

const INVALID = new Set(['auth.authorization-request-invalid', 'validation-failed']);

/** Where the authorization endpoint sends the browser: may this application do that for the person who is signed in? */
export function ConsentPage() {
  const { t } = useTranslation('consent');
  const [query] = useSearchParams();
  const request = query.get('request') ?? '';
  const { currentData: question, error, isFetching, refetch } = useGetConsentQuestionQuery({ request }, { skip: request === '', refetchOnMountOrArgChange: true });
  const isInvalid = request === '' || (isApiProblem(error) && INVALID.has(error.code));
  return (
    <PageBody width="form">
      {question ? (
        <Question request={request} name={question.client_name} scopes={Object.entries(question.scopes)} />
      ) : isInvalid ? (
        <>
          <PageHeader title={t('invalid')} />
          <EmptyState icon={<ShieldQuestion size={32} strokeWidth={1.5} aria-hidden />} title={t('invalid-title')}>
            {t('invalid-detail')}
          </EmptyState>
        </>
      ) : error ? (
        <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
      ) : (
        <Loading className="flex flex-col gap-6">
          <Skeleton className="h-20" />
          <Skeleton className="h-72 rounded-lg" />
        </Loading>
      )}
    </PageBody>
  );
}

function Question({ request, name, scopes }: { request: string; name: string; scopes: readonly [string, string][] }) {
  const { t } = useTranslation('consent');
  const { session } = useSession();
  const [answer, { error, isLoading, isSuccess, originalArgs }] = useAnswerConsentQuestionMutation();
  const send = async (allow: boolean) => {
    const { data } = await answer({ consentDecision: { allow, request } });
    // It leads back to the application, or first to our own endpoint, which does.
    if (data) globalThis.location.assign(data.location);
  };
  // What the API calls a scope of ours; one that this version does not know is told in the API's own words.
  const known: Record<string, string> = {
    openid: t('scope.openid'), profile: t('scope.profile'), email: t('scope.email'), offline_access: t('scope.offline'), 'lyceum.api': t('scope.api'),
  };
  const isPending = isLoading || isSuccess;
  const isAllowing = originalArgs?.consentDecision.allow;
  return (
    <>
      <PageHeader title={<bdi>{t('title', { name })}</bdi>} lead={session ? t('as', { name: session.user.display_name, email: session.user.email }) : undefined} />
      <Card className="flex flex-col gap-6 p-5 sm:p-8">
        <div>
          <h2 className="font-sans text-base font-semibold">{t('wants')}</h2>
          <ul className="mt-3 flex flex-col gap-3">
            {scopes.map(([scope, text]) => (
              <li key={scope} className="flex items-start gap-3">
                <Check size={20} aria-hidden className="mt-0.5 shrink-0 text-accent" />
                <span>{known[scope] ?? text}</span>
              </li>
            ))}
          </ul>
        </div>
        <Notice>{t('warning', { name })}</Notice>
        {error && <ProblemNotice problem={error} />}
        <div className="flex flex-col-reverse gap-3 sm:grid sm:grid-cols-2">
          <Button isDisabled={isPending && isAllowing === true} isPending={isPending && isAllowing === false} onPress={() => void send(false)}>
            {t('refuse')}
          </Button>
          <Button variant="primary" isDisabled={isPending && isAllowing === false} isPending={isPending && isAllowing === true} onPress={() => void send(true)}>
            {t('allow')}
          </Button>
        </div>
      </Card>
    </>
  );
}
