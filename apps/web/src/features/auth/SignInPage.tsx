import { zodResolver } from '@hookform/resolvers/zod';
import { useSignInMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Link, Notice } from '@lyceum/ui';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { Navigate, useSearchParams } from 'react-router';
import * as z from 'zod/mini';

import { FormText } from '../forms';
import { ProblemNotice } from '../problem-notice';
import { returnPath, signInAddress, useSession } from '../session';
import { AuthFrame } from './AuthFrame';
import { ExternalProviders } from './ExternalProviders';
import { email, password } from './fields';

// Paths of this origin that are no pages of this app.
const ELSEWHERE = /^\/(admin|api|oauth)(\/|$|\?)/;

/** E-mail address and password, or another place that knows the person. Afterwards the way goes on where it was cut. */
export function SignInPage() {
  const { t } = useTranslation('auth');
  const [query] = useSearchParams();
  const returnTo = returnPath(query.get('return_to'));
  const { session } = useSession();
  // Linking an account elsewhere is what somebody can fail at who is signed in already.
  if (session && query.has('error')) return <Navigate replace to={`/settings/sign-in?${query.toString()}`} />;
  if (session) return <GoOn to={returnTo} />;
  return (
    <AuthFrame
      title={t('sign-in.title')}
      footer={
        <>
          {t('sign-in.new-here')} <Link href={signInAddress(returnTo, '/sign-up')}>{t('sign-in.sign-up')}</Link>
        </>
      }
    >
      {query.has('error') && (
        <div className="mb-6">
          <Notice tone="bad">{query.get('error') === 'auth.no-account-for-external-sign-in' ? t('problem.no-account') : t('problem.external')}</Notice>
        </div>
      )}
      <SignInForm />
      <ExternalProviders returnTo={returnTo} />
    </AuthFrame>
  );
}

function SignInForm() {
  const { t } = useTranslation('auth');
  const [signIn, { error, isLoading, isSuccess }] = useSignInMutation();
  const schema = z.object({ email: email(t('field.email-wrong')), password: password(t('field.password-missing')) });
  const { control, handleSubmit } = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', password: '' } });
  const texts = { 'auth.sign-in-failed': t('problem.sign-in-failed'), 'auth.sign-in-locked': t('problem.sign-in-locked') };
  return (
    <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void handleSubmit((values) => signIn({ signInRequest: values }))(event)}>
      {error && <ProblemNotice problem={error} texts={texts} />}
      <FormText control={control} name="email" type="email" autoComplete="username" label={t('field.email')} />
      <div className="flex flex-col gap-2">
        <FormText control={control} name="password" type="password" autoComplete="current-password" label={t('field.password')} />
        <p className="text-sm">
          <Link href="/forgotten-password">{t('sign-in.forgotten')}</Link>
        </p>
      </div>
      <Button type="submit" variant="primary" isPending={isLoading || isSuccess}>
        {t('sign-in.action')}
      </Button>
    </form>
  );
}

function GoOn({ to }: { to: string }) {
  const isElsewhere = ELSEWHERE.test(to);
  useEffect(() => {
    if (isElsewhere) globalThis.location.assign(to);
  }, [isElsewhere, to]);
  return isElsewhere ? null : <Navigate replace to={to} />;
}
