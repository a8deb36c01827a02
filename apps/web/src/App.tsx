import type { AppStore } from '@lyceum/api-client';
import { I18nextProvider, type i18n } from '@lyceum/i18n';
import { StrictMode, Suspense } from 'react';
import { Provider } from 'react-redux';
import { RouterProvider } from 'react-router/dom';
import type { createBrowserRouter } from 'react-router';

export interface AppProps {
  texts: i18n;
  store: AppStore;
  router: ReturnType<typeof createBrowserRouter>;
}

export function App({ texts, store, router }: AppProps) {
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
