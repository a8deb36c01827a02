import { api, tags } from './api';
import { authApi as generated, type AuditEntryView, type AssignmentView, type ListAuditEntriesApiArg } from './generated/auth';
import { keysetPages, type KeysetPage } from './keyset';

export type * from './generated/auth';

type Cursor = string | null;
/** What the audit log is narrowed to. */
export type AuditFilter = Omit<ListAuditEntriesApiArg, 'limit' | 'cursor'>;

const tagged = generated.enhanceEndpoints({
  endpoints: {
    getSession: { providesTags: ['Session'] },
    // Another person sees other answers: whatever was cached for the last one is asked for again, or forgotten.
    signIn: { invalidatesTags: (session) => (session ? tags : []) },
    signOut: {
      async onQueryStarted(_arg, { dispatch, queryFulfilled }) {
        await queryFulfilled.then(
          () => dispatch(api.util.resetApiState()),
          () => undefined, // the hook that called it shows the problem
        );
      },
    },
    listOwnPermissions: { providesTags: ['Permission'] },
    stepUp: { invalidatesTags: ['AuditLog'] },
    listSessions: { providesTags: ['SignedInBrowser'] },
    revokeSession: { invalidatesTags: ['SignedInBrowser'] },
    changePassword: { invalidatesTags: ['SignedInBrowser'] },
    listExternalIdentities: { providesTags: ['ExternalIdentity'] },
    unlinkExternalIdentity: { invalidatesTags: ['ExternalIdentity'] },
    listRoles: { providesTags: ['Role'] },
    defineRole: { invalidatesTags: ['Role', 'AuditLog'] },
    changeRole: { invalidatesTags: ['Role', 'Permission', 'AuditLog'] },
    removeRole: { invalidatesTags: ['Role', 'Permission', 'AuditLog'] },
    listRoleAssignments: { providesTags: ['RoleAssignment'] },
    assignRole: { invalidatesTags: ['RoleAssignment', 'Permission', 'AuditLog'] },
    takeRole: { invalidatesTags: ['RoleAssignment', 'Permission', 'AuditLog'] },
    listAuditEntries: { providesTags: ['AuditLog'] },
    verifyAuditLog: { providesTags: ['AuditLog'] },
    listClients: { providesTags: ['Client'] },
    addClient: { invalidatesTags: ['Client', 'AuditLog'] },
    removeClient: { invalidatesTags: ['Client', 'AuditLog'] },
  },
});

/** The endpoints of sign-in and permissions, with lists that load page after page beside the generated ones. */
export const authApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseAuditEntries: build.infiniteQuery<KeysetPage<AuditEntryView>, AuditFilter, Cursor>(
      keysetPages({ url: () => '/api/v1/audit-log', params: (filter) => ({ ...filter }), tags: ['AuditLog'], limit: 50 }),
    ),
    browseRoleAssignments: build.infiniteQuery<KeysetPage<AssignmentView>, { user_id?: string }, Cursor>(
      keysetPages({ url: () => '/api/v1/role-assignments', params: (filter) => ({ ...filter }), tags: ['RoleAssignment'] }),
    ),
  }),
});

export const {
  useGetSessionQuery, useSignInMutation, useSignOutMutation, useStepUpMutation, useListOwnPermissionsQuery, useListSessionsQuery, useRevokeSessionMutation, useChangePasswordMutation,
  useRequestPasswordResetMutation, useCompletePasswordResetMutation, useListExternalProvidersQuery, useListExternalIdentitiesQuery,
  useUnlinkExternalIdentityMutation, useGetConsentQuestionQuery, useGetSignOutQuestionQuery, useAnswerConsentQuestionMutation, useListRolesQuery,
  useDefineRoleMutation, useChangeRoleMutation, useRemoveRoleMutation, useListPermissionsQuery, useBrowseRoleAssignmentsInfiniteQuery,
  useAssignRoleMutation, useTakeRoleMutation, useBrowseAuditEntriesInfiniteQuery, useVerifyAuditLogQuery, useListClientsQuery,
  useAddClientMutation, useRemoveClientMutation,
} = authApi;

/** Where a browser goes to sign in at an external provider; it comes back to `returnTo`, a path of this site. */
export function externalSignInAddress(provider: string, returnTo: string, link = false): string {
  const query = new URLSearchParams({ return_to: returnTo, ...(link ? { link: 'true' } : {}) });
  return `/api/v1/external-sign-in/${encodeURIComponent(provider)}?${query.toString()}`;
}
