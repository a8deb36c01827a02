// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    listAuditEntries: build.query<
      ListAuditEntriesApiResponse,
      ListAuditEntriesApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/audit-log`,
        params: {
          actor: queryArg.actor,
          action: queryArg.action,
          since: queryArg.since,
          until: queryArg.until,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    verifyAuditLog: build.query<
      VerifyAuditLogApiResponse,
      VerifyAuditLogApiArg
    >({
      query: () => ({ url: `/api/v1/audit-log/verification` }),
    }),
    listClients: build.query<ListClientsApiResponse, ListClientsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/clients`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    addClient: build.mutation<AddClientApiResponse, AddClientApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/clients`,
        method: "POST",
        body: queryArg.clientRequest,
      }),
    }),
    removeClient: build.mutation<RemoveClientApiResponse, RemoveClientApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/clients/${encodeURIComponent(String(queryArg.clientId))}`,
        method: "DELETE",
      }),
    }),
    getConsentQuestion: build.query<
      GetConsentQuestionApiResponse,
      GetConsentQuestionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/consent`,
        params: {
          request: queryArg.request,
        },
      }),
    }),
    answerConsentQuestion: build.mutation<
      AnswerConsentQuestionApiResponse,
      AnswerConsentQuestionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/consent`,
        method: "POST",
        body: queryArg.consentDecision,
      }),
    }),
    listExternalIdentities: build.query<
      ListExternalIdentitiesApiResponse,
      ListExternalIdentitiesApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/external-identities`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    unlinkExternalIdentity: build.mutation<
      UnlinkExternalIdentityApiResponse,
      UnlinkExternalIdentityApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/external-identities/${encodeURIComponent(String(queryArg.identityId))}`,
        method: "DELETE",
      }),
    }),
    listExternalProviders: build.query<
      ListExternalProvidersApiResponse,
      ListExternalProvidersApiArg
    >({
      query: () => ({ url: `/api/v1/external-providers` }),
    }),
    changePassword: build.mutation<
      ChangePasswordApiResponse,
      ChangePasswordApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/password`,
        method: "PUT",
        body: queryArg.passwordChange,
      }),
    }),
    requestPasswordReset: build.mutation<
      RequestPasswordResetApiResponse,
      RequestPasswordResetApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/password-resets`,
        method: "POST",
        body: queryArg.passwordResetRequest,
      }),
    }),
    completePasswordReset: build.mutation<
      CompletePasswordResetApiResponse,
      CompletePasswordResetApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/password-resets/completion`,
        method: "POST",
        body: queryArg.passwordResetCompletion,
      }),
    }),
    listPermissions: build.query<
      ListPermissionsApiResponse,
      ListPermissionsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/permissions`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    listRoleAssignments: build.query<
      ListRoleAssignmentsApiResponse,
      ListRoleAssignmentsApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/role-assignments`,
        params: {
          user_id: queryArg.userId,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    assignRole: build.mutation<AssignRoleApiResponse, AssignRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/role-assignments`,
        method: "POST",
        body: queryArg.assignmentRequest,
      }),
    }),
    takeRole: build.mutation<TakeRoleApiResponse, TakeRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/role-assignments/${encodeURIComponent(String(queryArg.assignmentId))}`,
        method: "DELETE",
      }),
    }),
    listRoles: build.query<ListRolesApiResponse, ListRolesApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    defineRole: build.mutation<DefineRoleApiResponse, DefineRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles`,
        method: "POST",
        body: queryArg.roleRequest,
      }),
    }),
    removeRole: build.mutation<RemoveRoleApiResponse, RemoveRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles/${encodeURIComponent(String(queryArg.name))}`,
        method: "DELETE",
      }),
    }),
    changeRole: build.mutation<ChangeRoleApiResponse, ChangeRoleApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/roles/${encodeURIComponent(String(queryArg.name))}`,
        method: "PATCH",
        body: queryArg.roleChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    signOut: build.mutation<SignOutApiResponse, SignOutApiArg>({
      query: () => ({ url: `/api/v1/session`, method: "DELETE" }),
    }),
    getSession: build.query<GetSessionApiResponse, GetSessionApiArg>({
      query: () => ({ url: `/api/v1/session` }),
    }),
    signIn: build.mutation<SignInApiResponse, SignInApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/session`,
        method: "POST",
        body: queryArg.signInRequest,
      }),
    }),
    listOwnPermissions: build.query<
      ListOwnPermissionsApiResponse,
      ListOwnPermissionsApiArg
    >({
      query: () => ({ url: `/api/v1/session/permissions` }),
    }),
    stepUp: build.mutation<StepUpApiResponse, StepUpApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/session/step-up`,
        method: "POST",
        body: queryArg.stepUpRequest,
      }),
    }),
    listSessions: build.query<ListSessionsApiResponse, ListSessionsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/sessions`,
        params: {
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    revokeSession: build.mutation<
      RevokeSessionApiResponse,
      RevokeSessionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/sessions/${encodeURIComponent(String(queryArg.sessionId))}`,
        method: "DELETE",
      }),
    }),
    getSignOutQuestion: build.query<
      GetSignOutQuestionApiResponse,
      GetSignOutQuestionApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/sign-out`,
        params: {
          request: queryArg.request,
        },
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as authApi };
export type ListAuditEntriesApiResponse =
  /** status 200 Successful Response */ PageAuditEntryView;
export type ListAuditEntriesApiArg = {
  actor?: string | null;
  /** The action, or what it begins with: `auth.role` is also `auth.role.assigned`. */
  action?: string | null;
  /** Only what was done then or later. */
  since?: string | null;
  /** Only what was done before. */
  until?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type VerifyAuditLogApiResponse =
  /** status 200 Successful Response */ AuditVerification;
export type VerifyAuditLogApiArg = void;
export type ListClientsApiResponse =
  /** status 200 Successful Response */ PageClientView;
export type ListClientsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type AddClientApiResponse =
  /** status 201 Successful Response */ NewClient;
export type AddClientApiArg = {
  clientRequest: ClientRequest;
};
export type RemoveClientApiResponse = unknown;
export type RemoveClientApiArg = {
  clientId: string;
};
export type GetConsentQuestionApiResponse =
  /** status 200 Successful Response */ ConsentQuestion;
export type GetConsentQuestionApiArg = {
  /** The authorization request's query. */
  request: string;
};
export type AnswerConsentQuestionApiResponse =
  /** status 200 Successful Response */ ConsentOutcome;
export type AnswerConsentQuestionApiArg = {
  consentDecision: ConsentDecision;
};
export type ListExternalIdentitiesApiResponse =
  /** status 200 Successful Response */ PageExternalIdentityView;
export type ListExternalIdentitiesApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type UnlinkExternalIdentityApiResponse = unknown;
export type UnlinkExternalIdentityApiArg = {
  identityId: string;
};
export type ListExternalProvidersApiResponse =
  /** status 200 Successful Response */ PageProviderView;
export type ListExternalProvidersApiArg = void;
export type ChangePasswordApiResponse = unknown;
export type ChangePasswordApiArg = {
  passwordChange: PasswordChange;
};
export type RequestPasswordResetApiResponse =
  /** status 202 Successful Response */ PasswordResetAccepted;
export type RequestPasswordResetApiArg = {
  passwordResetRequest: PasswordResetRequest;
};
export type CompletePasswordResetApiResponse = unknown;
export type CompletePasswordResetApiArg = {
  passwordResetCompletion: PasswordResetCompletion;
};
export type ListPermissionsApiResponse =
  /** status 200 Successful Response */ PagePermissionView;
export type ListPermissionsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type ListRoleAssignmentsApiResponse =
  /** status 200 Successful Response */ PageAssignmentView;
export type ListRoleAssignmentsApiArg = {
  userId?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type AssignRoleApiResponse =
  /** status 201 Successful Response */ AssignmentView;
export type AssignRoleApiArg = {
  assignmentRequest: AssignmentRequest;
};
export type TakeRoleApiResponse = unknown;
export type TakeRoleApiArg = {
  assignmentId: string;
};
export type ListRolesApiResponse =
  /** status 200 Successful Response */ PageRoleView;
export type ListRolesApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type DefineRoleApiResponse =
  /** status 201 Successful Response */ RoleView;
export type DefineRoleApiArg = {
  roleRequest: RoleRequest;
};
export type RemoveRoleApiResponse = unknown;
export type RemoveRoleApiArg = {
  name: string;
};
export type ChangeRoleApiResponse =
  /** status 200 Successful Response */ RoleView;
export type ChangeRoleApiArg = {
  name: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  roleChange: RoleChange;
};
export type SignOutApiResponse = unknown;
export type SignOutApiArg = void;
export type GetSessionApiResponse =
  /** status 200 Successful Response */ SessionInfo;
export type GetSessionApiArg = void;
export type SignInApiResponse =
  /** status 200 Successful Response */ SessionInfo;
export type SignInApiArg = {
  signInRequest: SignInRequest;
};
export type ListOwnPermissionsApiResponse =
  /** status 200 Successful Response */ EffectivePermissions;
export type ListOwnPermissionsApiArg = void;
export type StepUpApiResponse =
  /** status 200 Successful Response */ SessionInfo;
export type StepUpApiArg = {
  stepUpRequest: StepUpRequest;
};
export type ListSessionsApiResponse =
  /** status 200 Successful Response */ PageSessionView;
export type ListSessionsApiArg = {
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type RevokeSessionApiResponse = unknown;
export type RevokeSessionApiArg = {
  sessionId: string;
};
export type GetSignOutQuestionApiResponse =
  /** status 200 Successful Response */ SignOutQuestion;
export type GetSignOutQuestionApiArg = {
  /** What the end-session endpoint put into the address. */
  request: string;
};
export type AuditEntryView = {
  action: string;
  actor: string | null;
  details: {
    [key: string]: string | number | boolean | string[] | null;
  };
  hash: string;
  recorded_at: string;
  sequence: number;
  target: string;
};
export type PageAuditEntryView = {
  items: AuditEntryView[];
  next_cursor?: string | null;
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
export type AuditVerification = {
  entries: number;
  first_bad?: number | null;
  head: string;
  sound: boolean;
  tampering?: ("missing" | "unchained" | "altered" | "end") | null;
};
export type ClientView = {
  auth_method: string;
  client_id: string;
  created_at: string;
  name: string;
  post_logout_redirect_uris: string[];
  redirect_uris: string[];
  refresh_tokens: boolean;
  scopes: string[];
};
export type PageClientView = {
  items: ClientView[];
  next_cursor?: string | null;
};
export type NewClient = {
  auth_method: string;
  client_id: string;
  client_secret: string | null;
  created_at: string;
  name: string;
  post_logout_redirect_uris: string[];
  redirect_uris: string[];
  refresh_tokens: boolean;
  scopes: string[];
};
export type ClientRequest = {
  auth_method?: "none" | "client_secret_basic" | "client_secret_post";
  name: string;
  post_logout_redirect_uris?: string[];
  redirect_uris: string[];
  refresh_tokens?: boolean;
  scopes?: ("openid" | "profile" | "email" | "offline_access" | "lyceum.api")[];
};
export type ConsentQuestion = {
  client_id: string;
  client_name: string;
  scopes: {
    [key: string]: string;
  };
};
export type ConsentOutcome = {
  location: string;
};
export type ConsentDecision = {
  allow: boolean;
  request: string;
};
export type ExternalIdentityView = {
  id: string;
  issuer: string;
  linked_at: string;
  subject: string;
};
export type PageExternalIdentityView = {
  items: ExternalIdentityView[];
  next_cursor?: string | null;
};
export type ProviderView = {
  name: string;
};
export type PageProviderView = {
  items: ProviderView[];
  next_cursor?: string | null;
};
export type PasswordChange = {
  current: string;
  new: string;
};
export type PasswordResetAccepted = {
  message?: string;
};
export type PasswordResetRequest = {
  email: string;
};
export type PasswordResetCompletion = {
  password: string;
  token: string;
};
export type PermissionView = {
  description: string;
  name: string;
};
export type PagePermissionView = {
  items: PermissionView[];
  next_cursor?: string | null;
};
export type ScopeKind = "platform" | "organisation" | "course";
export type AssignmentView = {
  assigned_at: string;
  assigned_by: string | null;
  id: string;
  role: string;
  scope: ScopeKind;
  scope_id: string | null;
  user_id: string;
};
export type PageAssignmentView = {
  items: AssignmentView[];
  next_cursor?: string | null;
};
export type AssignmentRequest = {
  role: string;
  scope?: ScopeKind;
  scope_id?: string | null;
  user_id: string;
};
export type RoleView = {
  built_in: boolean;
  name: string;
  permissions: string[];
  title: string;
  version: number;
};
export type PageRoleView = {
  items: RoleView[];
  next_cursor?: string | null;
};
export type RoleRequest = {
  name: string;
  permissions: string[];
  title: string;
};
export type RoleChange = {
  permissions?: string[] | null;
  title?: string | null;
};
export type SignedInUser = {
  display_name: string;
  email: string;
  id: string;
  time_zone: string;
};
export type SessionInfo = {
  csrf_token: string;
  expires_at: string;
  id: string;
  user: SignedInUser;
};
export type SignInRequest = {
  email: string;
  password: string;
};
export type HeldPermissions = {
  permissions: string[];
  scope: ScopeKind;
  scope_id: string | null;
};
export type EffectivePermissions = {
  grants: HeldPermissions[];
};
export type StepUpRequest = {
  password: string;
};
export type SessionView = {
  current?: boolean;
  expires_at: string;
  id: string;
  last_seen_at: string;
  network: string;
  started_at: string;
  user_agent: string;
};
export type PageSessionView = {
  items: SessionView[];
  next_cursor?: string | null;
};
export type SignOutQuestion = {
  client_name: string;
  location: string | null;
};
export const {
  useListAuditEntriesQuery,
  useLazyListAuditEntriesQuery,
  useVerifyAuditLogQuery,
  useLazyVerifyAuditLogQuery,
  useListClientsQuery,
  useLazyListClientsQuery,
  useAddClientMutation,
  useRemoveClientMutation,
  useGetConsentQuestionQuery,
  useLazyGetConsentQuestionQuery,
  useAnswerConsentQuestionMutation,
  useListExternalIdentitiesQuery,
  useLazyListExternalIdentitiesQuery,
  useUnlinkExternalIdentityMutation,
  useListExternalProvidersQuery,
  useLazyListExternalProvidersQuery,
  useChangePasswordMutation,
  useRequestPasswordResetMutation,
  useCompletePasswordResetMutation,
  useListPermissionsQuery,
  useLazyListPermissionsQuery,
  useListRoleAssignmentsQuery,
  useLazyListRoleAssignmentsQuery,
  useAssignRoleMutation,
  useTakeRoleMutation,
  useListRolesQuery,
  useLazyListRolesQuery,
  useDefineRoleMutation,
  useRemoveRoleMutation,
  useChangeRoleMutation,
  useSignOutMutation,
  useGetSessionQuery,
  useLazyGetSessionQuery,
  useSignInMutation,
  useListOwnPermissionsQuery,
  useLazyListOwnPermissionsQuery,
  useStepUpMutation,
  useListSessionsQuery,
  useLazyListSessionsQuery,
  useRevokeSessionMutation,
  useGetSignOutQuestionQuery,
  useLazyGetSignOutQuestionQuery,
} = injectedRtkApi;
