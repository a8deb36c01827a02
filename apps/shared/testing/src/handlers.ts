import { answers, page, refuses } from './answers';
import { examples } from './examples';

/** What a visitor gets who is not signed in: one course in the catalogue. Tests that need more say so. */
export const handlers = [
  refuses('get', '/api/v1/session', 401, 'not-authenticated', { title: 'Sign in first' }),
  answers('get', '/api/v1/catalogue', page([examples.catalogueEntry])),
];

/** What somebody gets who is signed in. */
export const signedIn = [answers('get', '/api/v1/session', examples.session), answers('get', '/api/v1/me', examples.me)];
