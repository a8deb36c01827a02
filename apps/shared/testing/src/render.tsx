import { createStore, type AppStore } from '@lyceum/api-client';
import { I18nextProvider, setUpI18n, type i18n } from '@lyceum/i18n';
import { chooseTheme, KitProvider, type Theme } from '@lyceum/ui';
import { act, render as renderBare, type RenderResult } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { Suspense, type ReactNode } from 'react';
import { Provider } from 'react-redux';
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router';

import { messageFiles } from './message-files';

export interface RenderOptions {
  /** The address that is open, with its query. */
  at?: string;
  /** The pattern of the route, where the page reads parameters. */
  path?: string;
  language?: string;
  theme?: Theme;
}

export interface Rendered extends RenderResult {
  user: UserEvent;
  store: AppStore;
  texts: i18n;
  /** The address that is open now. */
  address: () => string;
}

/** Shows a component as it is in the app: store, router, texts of the test's app, theme, the kit's providers. */
export async function render(element: ReactNode, { path = '*', ...options }: RenderOptions = {}): Promise<Rendered> {
  return renderRoutes(() => [{ path, element: <KitProvider>{element}</KitProvider> }], options);
}

/** Shows an app's own routes. */
export async function renderRoutes(routes: (texts: i18n) => RouteObject[], { at = '/', language = 'en', theme = 'light' }: RenderOptions = {}): Promise<Rendered> {
  const { files, namespaces } = messageFiles();
  const texts = await setUpI18n(files, { language, namespaces });
  chooseTheme(theme);
  const store = createStore();
  const router = createMemoryRouter(routes(texts), { initialEntries: [at] });
  const tree = (
    <Provider store={store}>
      <I18nextProvider i18n={texts}>
        <Suspense>
          <RouterProvider router={router} />
        </Suspense>
      </I18nextProvider>
    </Provider>
  );
  // Inside act, so that what is lazy in the kit has come when the test goes on.
  const result = await act(async () => Promise.resolve(renderBare(tree)));
  const address = () => router.state.location.pathname + router.state.location.search;
  return { ...result, user: userEvent.setup(), store, texts, address };
}
