import { useTranslation } from '@lyceum/i18n';
import { NavigationLink, PageBody } from '@lyceum/ui';
import { KeyRound, MonitorSmartphone, UserRound } from 'lucide-react';
import { Outlet } from 'react-router';

/** Around the pages of the settings: the way from one to the other. */
export function SettingsFrame() {
  const { t } = useTranslation('settings');
  return (
    <PageBody>
      <div className="grid gap-x-12 gap-y-8 md:grid-cols-[13rem_minmax(0,1fr)]">
        <nav aria-label={t('title')} className="flex gap-1 overflow-x-auto whitespace-nowrap max-md:-mx-1 max-md:p-1 md:sticky md:top-24 md:flex-col md:self-start">
          <NavigationLink href="/settings/profile" icon={<UserRound size={18} aria-hidden className="max-sm:hidden" />}>
            {t('profile.title')}
          </NavigationLink>
          <NavigationLink href="/settings/sign-in" icon={<KeyRound size={18} aria-hidden className="max-sm:hidden" />}>
            {t('sign-in.title')}
          </NavigationLink>
          <NavigationLink href="/settings/devices" icon={<MonitorSmartphone size={18} aria-hidden className="max-sm:hidden" />}>
            {t('devices.title')}
          </NavigationLink>
        </nav>
        <div className="min-w-0 max-w-2xl">
          <Outlet />
        </div>
      </div>
    </PageBody>
  );
}
