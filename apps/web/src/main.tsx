import './styles.css';

import { createStore } from '@lyceum/api-client';
import { setUpI18n } from '@lyceum/i18n';
import { AppRoot } from '@lyceum/ui';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, type RouteObject } from 'react-router';

import { messages } from './messages';
import { routes } from './routes';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const texts = await setUpI18n(messages);
// The kit's page shows every component; it is no part of the product.
const kit: RouteObject[] = import.meta.env.DEV
  ? [{ path: 'kit', lazy: async () => ({ Component: (await import('./features/kit')).KitPage }) }]
  : [];
createRoot(root).render(<AppRoot texts={texts} store={createStore()} router={createBrowserRouter(routes(texts, kit))} />);
