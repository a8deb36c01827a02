import { useTranslation } from '@lyceum/i18n';
import { lazy, Suspense, useEffect, type ReactNode } from 'react';
import { I18nProvider, RouterProvider } from 'react-aria-components';
import { useHref, useNavigate, type NavigateOptions } from 'react-router';

import { followSystemTheme } from '../theme/theme';
import { RouteFocus } from './RouteFocus';

const Toasts = lazy(() => import('../overlays/Toasts'));

declare module 'react-aria-components' {
  interface RouterConfig {
    routerOptions: NavigateOptions;
  }
}

/** What the kit needs around it: the router for its links, the language for its formats, a place for toasts. Inside the router. */
export function KitProvider({ children }: { children: ReactNode }) {
  const navigate = useNavigate();
  const { i18n } = useTranslation();
  useEffect(followSystemTheme, []);
  return (
    <I18nProvider locale={i18n.language}>
      <RouterProvider navigate={(to, options) => void navigate(to, options)} useHref={useHref}>
        <RouteFocus />
        {children}
        <Suspense>
          <Toasts />
        </Suspense>
      </RouterProvider>
    </I18nProvider>
  );
}
