import type { i18n } from '@lyceum/i18n';
import { featureRoute, NotFoundPage, PageLoading, RouteError } from '@lyceum/ui';
import type { RouteObject } from 'react-router';

import { Shell } from './shell/Shell';

/** Every address of the portal, below /admin/. A feature's code and texts come when its first route is opened. */
export function routes(texts: i18n): RouteObject[] {
  return [
    {
      path: '/',
      Component: Shell,
      HydrateFallback: PageLoading,
      ErrorBoundary: RouteError,
      children: [
        {
          ErrorBoundary: RouteError,
          lazy: featureRoute(texts, 'session', () => import('./features/session/area'), (feature) => feature.SignedInArea),
          children: [
            {
              ErrorBoundary: RouteError,
              children: [
                { index: true, lazy: featureRoute(texts, 'overview', () => import('./features/overview'), (feature) => feature.OverviewPage) },
                { path: 'courses', lazy: featureRoute(texts, 'courses', () => import('./features/courses'), (feature) => feature.CoursesPage) },
                { path: 'courses/:courseId', lazy: featureRoute(texts, 'courses', () => import('./features/courses'), (feature) => feature.CoursePage) },
                { path: 'courses/:courseId/edit', lazy: featureRoute(texts, 'editor', () => import('./features/editor'), (feature) => feature.EditorPage) },
                { path: 'imports', lazy: featureRoute(texts, 'imports', () => import('./features/imports'), (feature) => feature.ImportsPage) },
                { path: 'imports/:importId', lazy: featureRoute(texts, 'imports', () => import('./features/imports'), (feature) => feature.ImportPage) },
                { path: 'people', lazy: featureRoute(texts, 'people', () => import('./features/people'), (feature) => feature.PeoplePage) },
                { path: 'people/:userId', lazy: featureRoute(texts, 'people', () => import('./features/people'), (feature) => feature.PersonPage) },
                { path: 'audit', lazy: featureRoute(texts, 'audit', () => import('./features/audit'), (feature) => feature.AuditPage, ['filters']) },
                { path: 'events', lazy: featureRoute(texts, 'events', () => import('./features/events'), (feature) => feature.EventsPage, ['filters']) },
                { path: 'events/outbox', lazy: featureRoute(texts, 'events', () => import('./features/events'), (feature) => feature.OutboxPage, ['filters']) },
                { path: 'events/dead-letters/:module/:eventId', lazy: featureRoute(texts, 'events', () => import('./features/events'), (feature) => feature.DeadLetterPage) },
                { path: 'system', lazy: featureRoute(texts, 'system', () => import('./features/system'), (feature) => feature.SystemPage) },
              ],
            },
          ],
        },
        { path: '*', Component: NotFoundPage },
      ],
    },
  ];
}
