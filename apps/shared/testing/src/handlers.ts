import type { EffectivePermissions } from '@lyceum/api-client/auth';

import { answers, page, refuses } from './answers';
import { examples } from './examples';

/** What a visitor gets who is not signed in: one course in the catalogue. Tests that need more say so. */
export const handlers = [
  refuses('get', '/api/v1/session', 401, 'not-authenticated', { title: 'Sign in first' }),
  answers('get', '/api/v1/catalogue', page([examples.catalogueEntry])),
];

/** What somebody gets who may do this on the whole platform. */
export function allowed(...permissions: string[]) {
  const answer: EffectivePermissions = { grants: permissions.length === 0 ? [] : [{ scope: 'platform', scope_id: null, permissions }] };
  return answers('get', '/api/v1/session/permissions', answer);
}

/** What somebody gets who is signed in, and has no permission but those that a test gives. */
export const signedIn = [answers('get', '/api/v1/session', examples.session), answers('get', '/api/v1/me', examples.me), allowed()];
