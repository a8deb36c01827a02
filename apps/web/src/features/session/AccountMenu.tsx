import type { SessionInfo } from '@lyceum/api-client/auth';
import { useSignOutMutation } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Avatar, IconButton, Menu, MenuItem, MenuSection, MenuSeparator, toast } from '@lyceum/ui';
import { GraduationCap, LogOut, Settings } from 'lucide-react';
import { useNavigate } from 'react-router';

import { forgetKept } from '../kept';

/** What belongs to the person: own courses, and the way out. */
export default function AccountMenu({ session }: { session: SessionInfo }) {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const [signOut] = useSignOutMutation();
  const leave = async () => {
    const { error } = await signOut();
    if (error) toast({ tone: 'bad', title: t('account.sign-out-failed') });
    else {
      forgetKept();
      void navigate('/');
    }
  };
  const trigger = (
    <IconButton label={t('account.menu', { name: session.user.display_name })}>
      <Avatar size="sm" name={session.user.display_name} />
    </IconButton>
  );
  return (
    <Menu trigger={trigger}>
      <MenuSection title={session.user.display_name}>
        <MenuItem href="/learning" icon={<GraduationCap size={18} aria-hidden />}>
          {t('navigation.learning')}
        </MenuItem>
        <MenuItem href="/settings" icon={<Settings size={18} aria-hidden />}>
          {t('account.settings')}
        </MenuItem>
      </MenuSection>
      <MenuSeparator />
      <MenuItem icon={<LogOut size={18} aria-hidden />} onAction={() => void leave()}>
        {t('account.sign-out')}
      </MenuItem>
    </Menu>
  );
}
