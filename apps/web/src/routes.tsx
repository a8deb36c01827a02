import type { i18n } from '@lyceum/i18n';
import { featureRoute, PageLoading, RouteError } from '@lyceum/ui';
import type { RouteObject } from 'react-router';

import { NotFoundPage } from './features/not-found';
import { Shell } from './shell/Shell';

/** Every address of the app. A feature's code and texts come when its first route is opened. */
export function routes(texts: i18n, more: RouteObject[] = []): RouteObject[] {
  return [
    {
      path: '/',
      Component: Shell,
      HydrateFallback: PageLoading,
      children: [
        {
          ErrorBoundary: RouteError,
          children: [
            { index: true, lazy: featureRoute(texts, 'landing', () => import('./features/landing'), (feature) => feature.LandingPage) },
            ...more,
            { path: '*', Component: NotFoundPage },
          ],
        },
      ],
    },
  ];
}
