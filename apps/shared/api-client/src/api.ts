import { createApi } from '@reduxjs/toolkit/query/react';

import { baseQuery } from './base-query';

/** What answers are cached by. A write names the tags whose answers it has made stale. */
export const tags = [
  'Accommodation', 'Asset', 'Attempt', 'AuditLog', 'Bank', 'BankItem', 'Catalogue', 'Client', 'Course', 'Draft', 'Enrolment', 'Event',
  'Export', 'ExternalIdentity', 'Group', 'Import', 'Instructor', 'Me', 'Member', 'Node', 'Organisation', 'Permission', 'Progress',
  'Quiz', 'Role', 'RoleAssignment', 'Session', 'SignedInBrowser', 'User', 'Version',
] as const;

export type Tag = (typeof tags)[number];

/** The cache of the API's answers. The modules' files inject their endpoints into it when they are loaded. */
export const api = createApi({
  reducerPath: 'api',
  baseQuery,
  tagTypes: tags,
  endpoints: () => ({}),
  keepUnusedDataFor: 120,
  refetchOnReconnect: true,
});
