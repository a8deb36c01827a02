import { zodResolver } from '@hookform/resolvers/zod';
import { useRequestPasswordResetMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Link, Notice } from '@lyceum/ui';
import { useForm } from 'react-hook-form';
import * as z from 'zod/mini';

import { FormText } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { AuthFrame } from './AuthFrame';
import { email } from './fields';

/** Asks for the mail with which a new password can be set. */
export function ForgottenPasswordPage() {
  const { t } = useTranslation('auth');
  const [request, { error, isLoading, isSuccess }] = useRequestPasswordResetMutation();
  const schema = z.object({ email: email(t('field.email-wrong')) });
  const { control, handleSubmit } = useForm({ resolver: zodResolver(schema), defaultValues: { email: '' } });
  return (
    <AuthFrame title={t('forgotten.title')} lead={t('forgotten.lead')} footer={<Link href="/sign-in">{t('forgotten.back')}</Link>}>
      {isSuccess ? (
        <Notice tone="ok">{t('forgotten.sent')}</Notice>
      ) : (
        <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void handleSubmit((values) => request({ passwordResetRequest: values }))(event)}>
          {error && <ProblemNotice problem={error} />}
          <FormText control={control} name="email" type="email" autoComplete="email" label={t('field.email')} />
          <Button type="submit" variant="primary" isPending={isLoading}>
            {t('forgotten.action')}
          </Button>
        </form>
      )}
    </AuthFrame>
  );
}
