import { AppShell, KitProvider, NavigationLink, Preferences } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';
import { Outlet, ScrollRestoration, type Location } from 'react-router';

import { AccountControl, useSession } from '../features/session';
import { Footer } from './Footer';

/**
 * Every document begins with the key `default`: without its address, a page that is opened by its address would begin where
 * another one was left.
 */
function placeOf({ key, pathname, search }: Location): string {
  return key === 'default' ? pathname + search : key;
}

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
      <ScrollRestoration getKey={placeOf} />
    </KitProvider>
  );
}
