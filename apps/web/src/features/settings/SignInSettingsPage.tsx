import { useTranslation } from '@lyceum/i18n';
import { PageHeader } from '@lyceum/ui';

import { LinkedAccounts } from './LinkedAccounts';
import { PasswordForm } from './PasswordForm';

/** The ways in: the password, and accounts elsewhere. */
export function SignInSettingsPage() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('sign-in.title')} lead={t('sign-in.lead')} />
      <PasswordForm />
      <LinkedAccounts />
    </>
  );
}
