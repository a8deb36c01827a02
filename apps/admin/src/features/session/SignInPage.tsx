import { isApiProblem } from '@lyceum/api-client';
import { useSignInMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, Form, Notice, PageBody, PageHeader, TextField } from '@lyceum/ui';
import { useState } from 'react';

/** Signing in with a password; the page that was asked for shows afterwards. */
export function SignInPage() {
  const { t } = useTranslation('session');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [signIn, { error, isLoading }] = useSignInMutation();
  return (
    <PageBody width="form">
      <PageHeader title={t('title')} lead={t('lead')} />
      <Card className="p-6">
        <Form
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            void signIn({ signInRequest: { email: email.trim(), password } });
          }}
        >
          {error !== undefined && (
            <Notice tone="bad" title={t('refused')}>
              <p>{isApiProblem(error) && error.status !== 401 && error.detail !== '' ? error.detail : t('refused-detail')}</p>
            </Notice>
          )}
          <TextField label={t('email')} type="email" name="email" autoComplete="username" isRequired value={email} onChange={setEmail} />
          <TextField label={t('password')} type="password" name="password" autoComplete="current-password" isRequired value={password} onChange={setPassword} />
          <Button type="submit" variant="primary" isPending={isLoading}>
            {t('submit')}
          </Button>
        </Form>
      </Card>
    </PageBody>
  );
}
