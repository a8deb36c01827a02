import { AppShell, KitProvider, NavigationLink, Preferences } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';
import { LayoutDashboard } from 'lucide-react';
import { Outlet, ScrollRestoration } from 'react-router';

/** What stands around every page of the Admin Portal. */
export function Shell() {
  const { t } = useTranslation('app');
  return (
    <KitProvider>
      <AppShell
        home="/"
        product={t('product')}
        navigationAt="side"
        navigation={
          <NavigationLink href="/" isExact icon={<LayoutDashboard size={20} aria-hidden />}>
            {t('navigation.overview')}
          </NavigationLink>
        }
        controls={<Preferences />}
      >
        <Outlet />
      </AppShell>
      <ScrollRestoration />
    </KitProvider>
  );
}
