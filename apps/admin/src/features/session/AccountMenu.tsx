import { useGetSessionQuery, useSignOutMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Avatar, IconButton, Menu, MenuItem } from '@lyceum/ui';
import { LogOut } from 'lucide-react';

/** Who is signed in, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation('session');
  const { currentData: session } = useGetSessionQuery();
  const [signOut] = useSignOutMutation();
  if (!session) return null;
  return (
    <Menu
      trigger={
        <IconButton label={t('account', { name: session.user.display_name })}>
          <Avatar name={session.user.display_name} size="sm" />
        </IconButton>
      }
      onAction={() => void signOut()}
    >
      <MenuItem id="sign-out" icon={<LogOut size={18} aria-hidden className="rtl:rotate-180" />}>
        {t('sign-out')}
      </MenuItem>
    </Menu>
  );
}
