import { setupServer } from 'msw/node';

import { handlers } from './handlers';

/** Answers the requests of the tests. `server.use(...)` answers otherwise until the test ends. */
export const server = setupServer(...handlers);
