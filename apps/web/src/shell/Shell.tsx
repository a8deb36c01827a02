import { AppShell, KitProvider, NavigationLink, Preferences, Scrolling } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';
import { Outlet } from 'react-router';

import { AccountControl, useSession } from '../features/session';
import { Footer } from './Footer';

/** What stands around every page of the Web App. */
export function Shell() {
  const { t } = useTranslation('app');
  const { session } = useSession();
  return (
    <KitProvider>
      <AppShell
        home="/"
        navigationAt="top"
        navigation={
          <>
            <NavigationLink href="/" isExact>
              {t('navigation.discover')}
            </NavigationLink>
            <NavigationLink href="/courses">{t('navigation.catalogue')}</NavigationLink>
            {session && <NavigationLink href="/learning">{t('navigation.learning')}</NavigationLink>}
          </>
        }
        controls={
          <>
            <Preferences />
            <AccountControl />
          </>
        }
        footer={<Footer />}
      >
        <Outlet />
      </AppShell>
      <Scrolling />
    </KitProvider>
  );
}
