import { identityApi as generated, type Account, type ListUsersApiArg, type Member } from './generated/identity';
import { keysetPages, type KeysetPage } from './keyset';

export type * from './generated/identity';

type Cursor = string | null;
/** What the list of people is narrowed to. */
export type UserFilter = Omit<ListUsersApiArg, 'limit' | 'cursor'>;

const userOf = ({ userId }: { userId: string }) => ({ type: 'User', id: userId }) as const;
const groupsOf = ({ organisationId }: { organisationId: string }) => ({ type: 'Group', id: organisationId }) as const;
const membersOf = (id: string) => ({ type: 'Member', id }) as const;

const tagged = generated.enhanceEndpoints({
  endpoints: {
    getMe: { providesTags: ['Me'] },
    editMe: { invalidatesTags: ['Me', 'Session'] },
    listUsers: { providesTags: ['User'] },
    getUser: { providesTags: (_result, _error, arg) => [userOf(arg)] },
    getProfile: { providesTags: (_result, _error, arg) => [userOf(arg)] },
    deactivateUser: { invalidatesTags: ['User', 'AuditLog'] },
    reactivateUser: { invalidatesTags: ['User', 'AuditLog'] },
    getAccommodation: { providesTags: (_result, _error, { userId }) => [{ type: 'Accommodation', id: userId }] },
    agreeAccommodation: { invalidatesTags: (_result, _error, { userId }) => [{ type: 'Accommodation', id: userId }, 'AuditLog'] },
    listOrganisations: { providesTags: ['Organisation'] },
    getOrganisation: { providesTags: (_result, _error, { organisationId }) => [{ type: 'Organisation', id: organisationId }] },
    foundOrganisation: { invalidatesTags: ['Organisation'] },
    renameOrganisation: { invalidatesTags: ['Organisation'] },
    listGroups: { providesTags: (_result, _error, arg) => [groupsOf(arg)] },
    formGroup: { invalidatesTags: (_result, _error, arg) => [groupsOf(arg)] },
    renameGroup: { invalidatesTags: ['Group'] },
    dissolveGroup: { invalidatesTags: ['Group'] },
    listOrganisationMembers: { providesTags: (_result, _error, { organisationId }) => [membersOf(organisationId)] },
    admitMember: { invalidatesTags: (_result, _error, { organisationId }) => [membersOf(organisationId)] },
    dismissMember: { invalidatesTags: ['Member'] },
    listGroupMembers: { providesTags: (_result, _error, { groupId }) => [membersOf(groupId)] },
    addGroupMember: { invalidatesTags: (_result, _error, { groupId }) => [membersOf(groupId)] },
    removeGroupMember: { invalidatesTags: (_result, _error, { groupId }) => [membersOf(groupId)] },
  },
});

/** The endpoints of people, with lists that load page after page beside the generated ones. */
export const identityApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseUsers: build.infiniteQuery<KeysetPage<Account>, UserFilter, Cursor>(
      keysetPages({ url: () => '/api/v1/users', params: (filter) => ({ ...filter }), tags: ['User'] }),
    ),
    browseOrganisationMembers: build.infiniteQuery<KeysetPage<Member>, { organisationId: string }, Cursor>(
      keysetPages({ url: ({ organisationId }) => `/api/v1/organisations/${encodeURIComponent(organisationId)}/members`, tags: ['Member'] }),
    ),
  }),
});

export const {
  useGetMeQuery, useEditMeMutation, useBrowseUsersInfiniteQuery, useGetUserQuery, useGetProfileQuery, useDeactivateUserMutation,
  useReactivateUserMutation, useGetAccommodationQuery, useAgreeAccommodationMutation, useRegisterMutation, useVerifyRegistrationMutation,
  useListOrganisationsQuery, useGetOrganisationQuery, useFoundOrganisationMutation, useRenameOrganisationMutation, useListGroupsQuery,
  useFormGroupMutation, useRenameGroupMutation, useDissolveGroupMutation, useBrowseOrganisationMembersInfiniteQuery,
  useAdmitMemberMutation, useDismissMemberMutation, useListGroupMembersQuery, useAddGroupMemberMutation, useRemoveGroupMemberMutation,
} = identityApi;
