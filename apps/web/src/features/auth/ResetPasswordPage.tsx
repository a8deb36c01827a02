import { zodResolver } from '@hookform/resolvers/zod';
import { isApiProblem } from '@lyceum/api-client';
import { useCompletePasswordResetMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Link, LinkButton, Notice } from '@lyceum/ui';
import { useForm } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import * as z from 'zod/mini';

import { FormText } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { AuthFrame } from './AuthFrame';
import { password } from './fields';

const WEAK = 'auth.weak-password';

/** Where the link of the mail about a forgotten password leads. */
export function ResetPasswordPage() {
  const { t } = useTranslation('auth');
  const [query] = useSearchParams();
  const token = query.get('token');
  const [reset, { error, isLoading, isSuccess }] = useCompletePasswordResetMutation();
  const schema = z.object({ password: password(t('field.password-missing')) });
  const { control, handleSubmit, setError } = useForm({ resolver: zodResolver(schema), defaultValues: { password: '' } });
  const texts = { 'auth.reset-link-invalid': t('reset.used'), 'validation-failed': t('reset.used') };
  if (isSuccess) {
    return (
      <AuthFrame title={t('reset.done')} lead={t('reset.done-detail')}>
        <LinkButton variant="primary" href="/sign-in" className="w-full">
          {t('sign-in.action')}
        </LinkButton>
      </AuthFrame>
    );
  }
  const send = handleSubmit(async (values) => {
    const { error: refused } = await reset({ passwordResetCompletion: { password: values.password, token: token ?? '' } });
    if (isApiProblem(refused) && refused.code === WEAK) setError('password', { message: refused.detail }, { shouldFocus: true });
  });
  return (
    <AuthFrame title={t('reset.title')} lead={t('reset.lead')} footer={<Link href="/forgotten-password">{t('reset.again')}</Link>}>
      {token === null ? (
        <Notice tone="warn">{t('reset.used')}</Notice>
      ) : (
        <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void send(event)}>
          {error && error.code !== WEAK && <ProblemNotice problem={error} texts={texts} />}
          <FormText control={control} name="password" type="password" autoComplete="new-password" label={t('reset.new')} description={t('field.password-note')} />
          <Button type="submit" variant="primary" isPending={isLoading}>
            {t('reset.action')}
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
