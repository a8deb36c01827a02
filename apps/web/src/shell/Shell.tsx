import { AppShell, KitProvider, NavigationLink, Preferences } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';
import { Outlet, ScrollRestoration } from 'react-router';

import { Footer } from './Footer';

/** What stands around every page of the Web App. */
export function Shell() {
  const { t } = useTranslation('app');
  return (
    <KitProvider>
      <AppShell
        home="/"
        navigationAt="top"
        navigation={
          <NavigationLink href="/" isExact>
            {t('navigation.discover')}
          </NavigationLink>
        }
        controls={<Preferences />}
        footer={<Footer />}
      >
        <Outlet />
      </AppShell>
      <ScrollRestoration />
    </KitProvider>
  );
}
