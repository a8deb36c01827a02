import { I18nextProvider, type i18n } from '@lyceum/i18n';
import { StrictMode, Suspense, type ComponentProps } from 'react';
import { Provider } from 'react-redux';
import { RouterProvider } from 'react-router/dom';
import type { createBrowserRouter } from 'react-router';

export interface AppRootProps {
  texts: i18n;
  store: ComponentProps<typeof Provider>['store'];
  router: ReturnType<typeof createBrowserRouter>;
}

/** What an app stands in: the store, the texts, the routes. */
export function AppRoot({ texts, store, router }: AppRootProps) {
  return (
    <StrictMode>
      <Provider store={store}>
        <I18nextProvider i18n={texts}>
          {/* Texts of another language are awaited once; the page stays away for that moment. */}
          <Suspense>
            <RouterProvider router={router} />
          </Suspense>
        </I18nextProvider>
      </Provider>
    </StrictMode>
  );
}
