import { useGetSessionQuery } from '@lyceum/api-client/auth';
import { AppShell, KitProvider, NavigationLink, Preferences, Scrolling } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';
import { ArrowRightLeft, BookOpen, HeartPulse, LayoutDashboard, PackageOpen, ScrollText, Users } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Outlet } from 'react-router';

import { usePermissions } from '../features/session';

const AccountMenu = lazy(async () => ({ default: (await import('../features/session/menu')).AccountMenu }));
const UploadTray = lazy(async () => ({ default: (await import('../features/imports/tray')).UploadTray }));

/** What stands around every page of the Admin Portal. */
export function Shell() {
  const { t } = useTranslation('app');
  return (
    <KitProvider>
      <AppShell
        home="/"
        product={t('product')}
        navigationAt="side"
        navigation={<Navigation />}
        controls={
          <>
            <Preferences />
            <Suspense fallback={<span className="size-11" />}>
              <AccountMenu />
            </Suspense>
          </>
        }
      >
        <Outlet />
      </AppShell>
      <Suspense>
        <UploadTray />
      </Suspense>
      <Scrolling />
    </KitProvider>
  );
}

const icon = { size: 20, 'aria-hidden': true } as const;

/** Where this person can go. */
function Navigation() {
  const { t } = useTranslation('app');
  const { currentData: session } = useGetSessionQuery();
  const { any, may } = usePermissions();
  return (
    <>
      {session && (
        <NavigationLink href="/" isExact icon={<LayoutDashboard {...icon} />}>
          {t('navigation.overview')}
        </NavigationLink>
      )}
      {any && (
        <NavigationLink href="/courses" icon={<BookOpen {...icon} />}>
          {t('navigation.courses')}
        </NavigationLink>
      )}
      {may('course.course.create') && (
        <NavigationLink href="/imports" icon={<PackageOpen {...icon} />}>
          {t('navigation.imports')}
        </NavigationLink>
      )}
      {may('identity.user.read') && (
        <NavigationLink href="/people" icon={<Users {...icon} />}>
          {t('navigation.people')}
        </NavigationLink>
      )}
      {may('platform.events.read') && (
        <NavigationLink href="/events" icon={<ArrowRightLeft {...icon} />}>
          {t('navigation.events')}
        </NavigationLink>
      )}
      {may('auth.audit-log.read') && (
        <>
          <NavigationLink href="/audit" icon={<ScrollText {...icon} />}>
            {t('navigation.audit')}
          </NavigationLink>
          <NavigationLink href="/system" icon={<HeartPulse {...icon} />}>
            {t('navigation.system')}
          </NavigationLink>
        </>
      )}
    </>
  );
}
