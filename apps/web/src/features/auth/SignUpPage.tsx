import { zodResolver } from '@hookform/resolvers/zod';
import { isApiProblem } from '@lyceum/api-client';
import { useRegisterMutation } from '@lyceum/api-client/identity';
import { useTranslation } from '@lyceum/i18n';
import { Button, Link } from '@lyceum/ui';
import { useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useSearchParams } from 'react-router';
import * as z from 'zod/mini';

import { FormText, showFieldProblems } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { returnPath, signInAddress } from '../session';
import { AuthFrame } from './AuthFrame';
import { CheckMail } from './CheckMail';
import { ExternalProviders } from './ExternalProviders';
import { displayName, email, password } from './fields';

/** A new account. The answer is the same whether or not the address has one already: the mail tells. */
export function SignUpPage() {
  const { t, i18n } = useTranslation('auth');
  const [query] = useSearchParams();
  const returnTo = returnPath(query.get('return_to'));
  const [register, { error, isLoading, isSuccess, originalArgs, reset }] = useRegisterMutation();
  const schema = z.object({
    display_name: displayName(t('field.name-missing')),
    email: email(t('field.email-wrong')),
    password: password(t('field.password-missing')),
  });
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { display_name: '', email: '', password: '' } });
  const send = form.handleSubmit(async (values) => {
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    setCorrecting(false);
    const { error: refused } = await register({ registrationRequest: { ...values, locale: i18n.language, time_zone } });
    if (!isApiProblem(refused)) return;
    if (refused.code === 'identity.password-refused') form.setError('password', { message: refused.detail }, { shouldFocus: true });
    else showFieldProblems(refused, ['display_name', 'email', 'password'], form.setError);
  });
  const [isCorrecting, setCorrecting] = useState(false);
  const { setFocus } = form;
  useEffect(() => {
    if (isCorrecting) setFocus('email', { shouldSelect: true });
  }, [isCorrecting, setFocus]);
  if (isSuccess && originalArgs) {
    const correct = () => {
      reset();
      setCorrecting(true);
    };
    return <CheckMail request={originalArgs.registrationRequest} onOther={correct} />;
  }
  const isAtField = isApiProblem(error) && (error.code === 'identity.password-refused' || error.errors.length > 0);
  return (
    <AuthFrame
      title={t('sign-up.title')}
      lead={t('sign-up.lead')}
      footer={
        <>
          {t('sign-up.have-account')} <Link href={signInAddress(returnTo)}>{t('sign-in.action')}</Link>
        </>
      }
    >
      <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void send(event)}>
        {error && !isAtField && <ProblemNotice problem={error} />}
        <FormText control={form.control} name="display_name" autoComplete="name" label={t('field.name')} description={t('field.name-note')} />
        <FormText control={form.control} name="email" type="email" autoComplete="email" label={t('field.email')} />
        <FormText control={form.control} name="password" type="password" autoComplete="new-password" label={t('field.password')} description={t('field.password-note')} />
        <Button type="submit" variant="primary" isPending={isLoading}>
          {t('sign-up.action')}
        </Button>
      </form>
      <ExternalProviders returnTo={returnTo} />
    </AuthFrame>
  );
}
