import { api } from './index';
import './assessment';
import './auth';
import './course';
import './identity';
import './progress';

// What changes nothing that any answer shows, or shows what nobody changes.
const untagged = new Set([
  'answerConsentQuestion', 'completePasswordReset', 'createQuiz', 'exportCourse', 'getConsentQuestion', 'getSignOutQuestion',
  'listExternalProviders', 'listPermissions', 'previewItem', 'register', 'requestPasswordReset', 'saveAnswer', 'sendHeartbeats',
  'setResumePosition', 'signOut', 'takeHint', 'verifyRegistration',
]);

test('every endpoint says what it shows or what it makes stale', () => {
  const names: string[] = [];
  api.enhanceEndpoints({
    endpoints: Object.fromEntries(
      Object.keys(api.endpoints).map((name) => [
        name,
        (definition: { providesTags?: unknown; invalidatesTags?: unknown }) => {
          if (!definition.providesTags && !definition.invalidatesTags) names.push(name);
        },
      ]),
    ),
  });
  expect(Object.keys(api.endpoints).length).toBeGreaterThan(100);
  expect(names.filter((name) => !untagged.has(name))).toEqual([]);
  expect([...untagged].filter((name) => !names.includes(name))).toEqual([]);
});
