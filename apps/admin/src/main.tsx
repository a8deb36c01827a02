import './styles.css';

import { createStore } from '@lyceum/api-client';
import { setUpI18n } from '@lyceum/i18n';
import { AppRoot } from '@lyceum/ui';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';

import { messages } from './messages';
import { routes } from './routes';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

const texts = await setUpI18n(messages);
const router = createBrowserRouter(routes(texts), { basename: import.meta.env.BASE_URL });
createRoot(root).render(<AppRoot texts={texts} store={createStore()} router={router} />);
