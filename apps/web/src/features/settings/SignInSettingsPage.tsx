import { useTranslation } from '@lyceum/i18n';
import { PageHeader, Skeleton } from '@lyceum/ui';
import { lazy, Suspense } from 'react';

import { LinkedAccounts } from './LinkedAccounts';

const PasswordForm = lazy(async () => ({ default: (await import('./PasswordForm')).PasswordForm }));

/** The ways in: the password, and accounts elsewhere. */
export function SignInSettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('sign-in.title')} lead={t('sign-in.lead')} />
      <Suspense fallback={<Skeleton className="mb-6 h-96 rounded-lg" />}>
        <PasswordForm />
      </Suspense>
      <LinkedAccounts />
    </>
  );
}
