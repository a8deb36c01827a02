import type { i18n } from '@lyceum/i18n';
import { featureRoute, PageLoading, RouteError } from '@lyceum/ui';
import type { ComponentType } from 'react';
import { Navigate, type RouteObject } from 'react-router';

import type * as Auth from './features/auth';
import type * as Consent from './features/consent';
import type * as Lesson from './features/lesson';
import { SignedIn } from './features/session';
import type * as Settings from './features/settings';
import { NotFound } from './shell/NotFound';
import { Shell } from './shell/Shell';

/** Every address of the app. A feature's code and texts come when its first route is opened. */
export function routes(texts: i18n, more: RouteObject[] = []): RouteObject[] {
  const auth = (page: (feature: typeof Auth) => ComponentType) => featureRoute(texts, 'auth', () => import('./features/auth'), page);
  const lesson = (page: (feature: typeof Lesson) => ComponentType) => featureRoute(texts, 'lesson', () => import('./features/lesson'), page, ['practice', 'due']);
  const consent = (page: (feature: typeof Consent) => ComponentType) => featureRoute(texts, 'consent', () => import('./features/consent'), page);
  const settings = (page: (feature: typeof Settings) => ComponentType) => featureRoute(texts, 'settings', () => import('./features/settings'), page);
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
            { path: 'sign-in', lazy: auth((feature) => feature.SignInPage) },
            { path: 'sign-up', lazy: auth((feature) => feature.SignUpPage) },
            { path: 'verify-email', lazy: auth((feature) => feature.VerifyEmailPage) },
            { path: 'forgotten-password', lazy: auth((feature) => feature.ForgottenPasswordPage) },
            { path: 'reset-password', lazy: auth((feature) => feature.ResetPasswordPage) },
            { path: 'courses', lazy: featureRoute(texts, 'catalog', () => import('./features/catalog'), (feature) => feature.CatalogPage) },
            { path: 'courses/:slug', lazy: featureRoute(texts, 'course', () => import('./features/course'), (feature) => feature.CoursePage, ['due']) },
            { path: 'sign-out', lazy: consent((feature) => feature.SignOutPage) },
            {
              Component: SignedIn,
              children: [
                { path: 'consent', lazy: consent((feature) => feature.ConsentPage) },
                {
                  path: 'settings',
                  lazy: settings((feature) => feature.SettingsFrame),
                  children: [
                    { index: true, element: <Navigate replace to="profile" /> },
                    { path: 'profile', lazy: settings((feature) => feature.ProfilePage) },
                    { path: 'sign-in', lazy: settings((feature) => feature.SignInSettingsPage) },
                    { path: 'devices', lazy: settings((feature) => feature.DevicesPage) },
                  ],
                },
                { path: 'learning', lazy: featureRoute(texts, 'progress', () => import('./features/progress'), (feature) => feature.LearningPage, ['due']) },
                { path: 'quizzes/:quizId', lazy: featureRoute(texts, 'quiz', () => import('./features/quiz'), (feature) => feature.QuizPage) },
                { path: 'learn/:courseId', lazy: lesson((feature) => feature.ResumePage) },
                { path: 'learn/:courseId/:pageId', lazy: lesson((feature) => feature.LessonPage) },
              ],
            },
            ...more,
            { path: '*', Component: NotFound },
          ],
        },
      ],
    },
  ];
}
