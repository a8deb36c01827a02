import { useVerifyRegistrationMutation } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { Button, LinkButton, Notice } from '@lyceum/ui';
import { useSearchParams } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { AuthFrame } from './AuthFrame';

/**
 * Where the mail's link leads. The token is sent on a press, not on arrival: mail scanners follow links, and would use it up.
 */
export function VerifyEmailPage() {
  const { t } = useTranslation('auth');
  const [query] = useSearchParams();
  const token = query.get('token');
  const [verify, { error, isLoading, isSuccess }] = useVerifyRegistrationMutation();
  const texts = { 'identity.registration-not-found': t('verify.used'), 'validation-failed': t('verify.used') };
  if (isSuccess) {
    return (
      <AuthFrame title={t('verify.done')} lead={t('verify.done-detail')}>
        <LinkButton variant="primary" href="/sign-in" className="w-full">
          {t('sign-in.action')}
        </LinkButton>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('verify.title')} lead={t('verify.lead')}>
      <div className="flex flex-col gap-5">
        {error && <ProblemNotice problem={error} texts={texts} />}
        {token === null ? (
          <>
            <Notice tone="warn">{t('verify.incomplete')}</Notice>
            <LinkButton href="/sign-up">{t('sign-in.sign-up')}</LinkButton>
          </>
        ) : (
          <Button variant="primary" isPending={isLoading} onPress={() => void verify({ verificationRequest: { token } })}>
            {t('verify.action')}
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}
