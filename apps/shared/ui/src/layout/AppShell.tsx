import { useTranslation } from '@lyceum/i18n';
import { Menu as MenuIcon } from 'lucide-react';
import { lazy, Suspense, useState, type ReactNode } from 'react';

import { IconButton } from '../actions/Button';
import { Link } from '../actions/Link';
import { classes } from '../classes';
import { OfflineBar } from '../states/OfflineBar';
import { Wordmark } from './Wordmark';

export const MAIN = 'main';

// What overlays need is a third of the kit: it comes when the drawer opens, not before the first paint.
const NavigationDrawer = lazy(() => import('./NavigationDrawer'));

/** The first thing that Tab reaches: past everything that is the same on all pages. */
export function SkipLink() {
  const { t } = useTranslation('ui');
  return (
    <a href={`#${MAIN}`} className="sr-only z-50 rounded-md bg-accent px-4 py-3 font-medium text-on-accent focus:not-sr-only focus:fixed focus:start-4 focus:top-4">
      {t('shell.skip')}
    </a>
  );
}

export interface AppShellProps {
  /** Where the wordmark leads, and what stands beside it. */
  home: string;
  product?: string;
  /** Links of the header, or of the column at the side. */
  navigation: ReactNode;
  /** The end of the header: theme, language, account. */
  controls: ReactNode;
  /** `top` for few links, `side` for many. On narrow screens both open from a button. */
  navigationAt: 'top' | 'side';
  children: ReactNode;
  footer?: ReactNode;
}

/** The frame of every page: skip link, header, navigation, the main part. */
export function AppShell({ home, product, navigation, controls, navigationAt, children, footer }: AppShellProps) {
  const { t } = useTranslation('ui');
  const atSide = navigationAt === 'side';
  return (
    <div className="flex min-h-dvh flex-col">
      <SkipLink />
      <header className="sticky top-0 z-30 border-b border-line bg-surface/95 backdrop-blur-sm">
        <div className={classes('mx-auto flex min-h-16 items-center gap-1 px-4 sm:gap-2 sm:px-6', !atSide && 'max-w-page')}>
          <Drawer until={atSide ? 'lg' : 'md'}>{navigation}</Drawer>
          <Link look="plain" href={home} className="flex min-h-11 min-w-0 items-center no-underline sm:me-4">
            <Wordmark product={product} />
          </Link>
          {!atSide && (
            <nav aria-label={t('shell.navigation')} className="hidden items-center gap-1 md:flex">
              {navigation}
            </nav>
          )}
          <div className="ms-auto flex items-center sm:gap-1">{controls}</div>
        </div>
      </header>
      {/* As high as the window at least: a footer that is seen while the page comes would jump. */}
      <div className="flex min-h-[calc(100dvh-4rem)] grow">
        {atSide && (
          <div className="hidden w-60 shrink-0 border-e border-transparent has-[a]:border-line lg:block">
            <nav aria-label={t('shell.navigation')} className="sticky top-16 flex max-h-[calc(100dvh-4rem)] flex-col gap-1 overflow-y-auto px-3 py-6">
              {navigation}
            </nav>
          </div>
        )}
        <main id={MAIN} tabIndex={-1} className="min-w-0 grow outline-none">
          {children}
        </main>
      </div>
      {footer}
      <OfflineBar />
    </div>
  );
}

/** The main part's measure and margins. A page that goes from edge to edge leaves it out. */
export function PageBody({ children, width = 'page' }: { children: ReactNode; width?: 'page' | 'reading' | 'form' }) {
  const widths = { page: 'max-w-page', reading: 'max-w-3xl', form: 'max-w-lg' };
  return <div className={classes('mx-auto w-full px-4 py-8 sm:px-6 sm:py-12', widths[width])}>{children}</div>;
}

function Drawer({ until, children }: { until: 'md' | 'lg'; children: ReactNode }) {
  const { t } = useTranslation('ui');
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const hidden = until === 'md' ? 'md:hidden' : 'lg:hidden';
  const open = () => {
    setOpen(true);
    setWasOpened(true);
  };
  return (
    <>
      <IconButton label={t('shell.open-navigation')} aria-expanded={isOpen} onPress={open} className={classes('-ms-2.5', hidden)}>
        <MenuIcon size={22} aria-hidden />
      </IconButton>
      {wasOpened && (
        <Suspense>
          <NavigationDrawer isOpen={isOpen} onOpenChange={setOpen} className={hidden}>
            {children}
          </NavigationDrawer>
        </Suspense>
      )}
    </>
  );
}
