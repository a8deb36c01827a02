// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    dissolveGroup: build.mutation<
      DissolveGroupApiResponse,
      DissolveGroupApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${encodeURIComponent(String(queryArg.groupId))}`,
        method: "DELETE",
      }),
    }),
    renameGroup: build.mutation<RenameGroupApiResponse, RenameGroupApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/groups/${encodeURIComponent(String(queryArg.groupId))}`,
        method: "PATCH",
        body: queryArg.nameChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    listGroupMembers: build.query<
      ListGroupMembersApiResponse,
      ListGroupMembersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${encodeURIComponent(String(queryArg.groupId))}/members`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    removeGroupMember: build.mutation<
      RemoveGroupMemberApiResponse,
      RemoveGroupMemberApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${encodeURIComponent(String(queryArg.groupId))}/members/${encodeURIComponent(String(queryArg.userId))}`,
        method: "DELETE",
      }),
    }),
    addGroupMember: build.mutation<
      AddGroupMemberApiResponse,
      AddGroupMemberApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/groups/${encodeURIComponent(String(queryArg.groupId))}/members/${encodeURIComponent(String(queryArg.userId))}`,
        method: "PUT",
      }),
    }),
    getMe: build.query<GetMeApiResponse, GetMeApiArg>({
      query: () => ({ url: `/api/v1/me` }),
    }),
    editMe: build.mutation<EditMeApiResponse, EditMeApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/me`,
        method: "PATCH",
        body: queryArg.profileChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    listOrganisations: build.query<
      ListOrganisationsApiResponse,
      ListOrganisationsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    foundOrganisation: build.mutation<
      FoundOrganisationApiResponse,
      FoundOrganisationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations`,
        method: "POST",
        body: queryArg.organisationRequest,
      }),
    }),
    getOrganisation: build.query<
      GetOrganisationApiResponse,
      GetOrganisationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}`,
      }),
    }),
    renameOrganisation: build.mutation<
      RenameOrganisationApiResponse,
      RenameOrganisationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}`,
        method: "PATCH",
        body: queryArg.nameChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    listGroups: build.query<ListGroupsApiResponse, ListGroupsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}/groups`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    formGroup: build.mutation<FormGroupApiResponse, FormGroupApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}/groups`,
        method: "POST",
        body: queryArg.nameChange,
      }),
    }),
    listOrganisationMembers: build.query<
      ListOrganisationMembersApiResponse,
      ListOrganisationMembersApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}/members`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    dismissMember: build.mutation<
      DismissMemberApiResponse,
      DismissMemberApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}/members/${encodeURIComponent(String(queryArg.userId))}`,
        method: "DELETE",
      }),
    }),
    admitMember: build.mutation<AdmitMemberApiResponse, AdmitMemberApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/organisations/${encodeURIComponent(String(queryArg.organisationId))}/members/${encodeURIComponent(String(queryArg.userId))}`,
        method: "PUT",
      }),
    }),
    register: build.mutation<RegisterApiResponse, RegisterApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/registrations`,
        method: "POST",
        body: queryArg.registrationRequest,
      }),
    }),
    verifyRegistration: build.mutation<
      VerifyRegistrationApiResponse,
      VerifyRegistrationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/registrations/verification`,
        method: "POST",
        body: queryArg.verificationRequest,
      }),
    }),
    listUsers: build.query<ListUsersApiResponse, ListUsersApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users`,
        params: {
          q: queryArg.q,
          status: queryArg.status,
          organisation: queryArg.organisation,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    getUser: build.query<GetUserApiResponse, GetUserApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}`,
      }),
    }),
    getAccommodation: build.query<
      GetAccommodationApiResponse,
      GetAccommodationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}/accommodation`,
      }),
    }),
    agreeAccommodation: build.mutation<
      AgreeAccommodationApiResponse,
      AgreeAccommodationApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}/accommodation`,
        method: "PUT",
        body: queryArg.accommodationChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    deactivateUser: build.mutation<
      DeactivateUserApiResponse,
      DeactivateUserApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}/deactivation`,
        method: "POST",
      }),
    }),
    getProfile: build.query<GetProfileApiResponse, GetProfileApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}/profile`,
      }),
    }),
    reactivateUser: build.mutation<
      ReactivateUserApiResponse,
      ReactivateUserApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/users/${encodeURIComponent(String(queryArg.userId))}/reactivation`,
        method: "POST",
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as identityApi };
export type DissolveGroupApiResponse = unknown;
export type DissolveGroupApiArg = {
  groupId: string;
};
export type RenameGroupApiResponse =
  /** status 200 Successful Response */ GroupView;
export type RenameGroupApiArg = {
  groupId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  nameChange: NameChange;
};
export type ListGroupMembersApiResponse =
  /** status 200 Successful Response */ PageMember;
export type ListGroupMembersApiArg = {
  groupId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type RemoveGroupMemberApiResponse = unknown;
export type RemoveGroupMemberApiArg = {
  groupId: string;
  userId: string;
};
export type AddGroupMemberApiResponse = unknown;
export type AddGroupMemberApiArg = {
  groupId: string;
  userId: string;
};
export type GetMeApiResponse = /** status 200 Successful Response */ Me;
export type GetMeApiArg = void;
export type EditMeApiResponse = /** status 200 Successful Response */ Me;
export type EditMeApiArg = {
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  profileChange: ProfileChange;
};
export type ListOrganisationsApiResponse =
  /** status 200 Successful Response */ PageOrganisationView;
export type ListOrganisationsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type FoundOrganisationApiResponse =
  /** status 201 Successful Response */ OrganisationView;
export type FoundOrganisationApiArg = {
  organisationRequest: OrganisationRequest;
};
export type GetOrganisationApiResponse =
  /** status 200 Successful Response */ OrganisationView;
export type GetOrganisationApiArg = {
  organisationId: string;
};
export type RenameOrganisationApiResponse =
  /** status 200 Successful Response */ OrganisationView;
export type RenameOrganisationApiArg = {
  organisationId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  nameChange: NameChange;
};
export type ListGroupsApiResponse =
  /** status 200 Successful Response */ PageGroupView;
export type ListGroupsApiArg = {
  organisationId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type FormGroupApiResponse =
  /** status 201 Successful Response */ GroupView;
export type FormGroupApiArg = {
  organisationId: string;
  nameChange: NameChange;
};
export type ListOrganisationMembersApiResponse =
  /** status 200 Successful Response */ PageMember;
export type ListOrganisationMembersApiArg = {
  organisationId: string;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type DismissMemberApiResponse = unknown;
export type DismissMemberApiArg = {
  organisationId: string;
  userId: string;
};
export type AdmitMemberApiResponse = unknown;
export type AdmitMemberApiArg = {
  organisationId: string;
  userId: string;
};
export type RegisterApiResponse =
  /** status 202 Successful Response */ RegistrationAccepted;
export type RegisterApiArg = {
  registrationRequest: RegistrationRequest;
};
export type VerifyRegistrationApiResponse =
  /** status 200 Successful Response */ VerifiedAccount;
export type VerifyRegistrationApiArg = {
  verificationRequest: VerificationRequest;
};
export type ListUsersApiResponse =
  /** status 200 Successful Response */ PageAccount;
export type ListUsersApiArg = {
  /** Part of a name or an e-mail address. */
  q?: string | null;
  status?: ("active" | "deactivated") | null;
  organisation?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type GetUserApiResponse = /** status 200 Successful Response */ Account;
export type GetUserApiArg = {
  userId: string;
};
export type GetAccommodationApiResponse =
  /** status 200 Successful Response */ Accommodation;
export type GetAccommodationApiArg = {
  userId: string;
};
export type AgreeAccommodationApiResponse =
  /** status 200 Successful Response */ Accommodation;
export type AgreeAccommodationApiArg = {
  userId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  accommodationChange: AccommodationChange;
};
export type DeactivateUserApiResponse =
  /** status 200 Successful Response */ Account;
export type DeactivateUserApiArg = {
  userId: string;
};
export type GetProfileApiResponse =
  /** status 200 Successful Response */ Profile;
export type GetProfileApiArg = {
  userId: string;
};
export type ReactivateUserApiResponse =
  /** status 200 Successful Response */ Account;
export type ReactivateUserApiArg = {
  userId: string;
};
export type ProblemItem = {
  detail: string;
  in?: ("path" | "query" | "header" | "cookie") | null;
  pointer: string;
};
export type Problem = {
  code: string;
  detail: string;
  errors?: ProblemItem[] | null;
  instance?: string | null;
  status: number;
  title: string;
  type: string;
};
export type GroupView = {
  created_at: string;
  id: string;
  name: string;
  organisation_id: string;
  version: number;
};
export type NameChange = {
  name: string;
};
export type Member = {
  display_name: string;
  email: string;
  id: string;
  joined_at: string;
};
export type PageMember = {
  items: Member[];
  next_cursor?: string | null;
};
export type Me = {
  bio: string;
  created_at: string;
  display_name: string;
  email: string;
  extra_time_factor: number | string;
  id: string;
  locale: string;
  time_zone: string;
  version: number;
  visibility: "platform" | "organisation" | "private";
};
export type ProfileChange = {
  bio?: string | null;
  display_name?: string | null;
  locale?: string | null;
  time_zone?: string | null;
  visibility?: ("platform" | "organisation" | "private") | null;
};
export type OrganisationView = {
  created_at: string;
  id: string;
  name: string;
  slug: string;
  version: number;
};
export type PageOrganisationView = {
  items: OrganisationView[];
  next_cursor?: string | null;
};
export type OrganisationRequest = {
  name: string;
  slug: string;
};
export type PageGroupView = {
  items: GroupView[];
  next_cursor?: string | null;
};
export type RegistrationAccepted = {
  message?: string;
};
export type RegistrationRequest = {
  display_name: string;
  email: string;
  locale?: string;
  password: string;
  time_zone?: string;
};
export type VerifiedAccount = {
  user_id: string;
};
export type VerificationRequest = {
  token: string;
};
export type Account = {
  created_at: string;
  display_name: string;
  email: string;
  id: string;
  locale: string;
  status: "active" | "deactivated";
  time_zone: string;
  version: number;
};
export type PageAccount = {
  items: Account[];
  next_cursor?: string | null;
};
export type Accommodation = {
  extra_time_factor: number | string;
  user_id: string;
  version: number;
};
export type AccommodationChange = {
  extra_time_factor: number | string;
};
export type Profile = {
  bio: string;
  display_name: string;
  id: string;
};
export const {
  useDissolveGroupMutation,
  useRenameGroupMutation,
  useListGroupMembersQuery,
  useLazyListGroupMembersQuery,
  useRemoveGroupMemberMutation,
  useAddGroupMemberMutation,
  useGetMeQuery,
  useLazyGetMeQuery,
  useEditMeMutation,
  useListOrganisationsQuery,
  useLazyListOrganisationsQuery,
  useFoundOrganisationMutation,
  useGetOrganisationQuery,
  useLazyGetOrganisationQuery,
  useRenameOrganisationMutation,
  useListGroupsQuery,
  useLazyListGroupsQuery,
  useFormGroupMutation,
  useListOrganisationMembersQuery,
  useLazyListOrganisationMembersQuery,
  useDismissMemberMutation,
  useAdmitMemberMutation,
  useRegisterMutation,
  useVerifyRegistrationMutation,
  useListUsersQuery,
  useLazyListUsersQuery,
  useGetUserQuery,
  useLazyGetUserQuery,
  useGetAccommodationQuery,
  useLazyGetAccommodationQuery,
  useAgreeAccommodationMutation,
  useDeactivateUserMutation,
  useGetProfileQuery,
  useLazyGetProfileQuery,
  useReactivateUserMutation,
} = injectedRtkApi;
