import { useGetSessionQuery, useListOwnPermissionsQuery } from '@lyceum/api-client/auth';

export interface Permissions {
  isLoading: boolean;
  error: unknown;
  retry: () => void;
  /** Whether there is anything to manage with this account. */
  any: boolean;
  /** Whether it is worth showing: allowed somewhere at least. The API has the last word. */
  may: (permission: string) => boolean;
}

/** What the person who is signed in may do. */
export function usePermissions(): Permissions {
  const { currentData: session } = useGetSessionQuery();
  const { currentData, error, isLoading, refetch } = useListOwnPermissionsQuery(undefined, { skip: session === undefined });
  const grants = currentData?.grants ?? [];
  return {
    isLoading,
    error,
    retry: () => void refetch(),
    any: grants.some(({ permissions }) => permissions.length > 0),
    may: (permission) => grants.some(({ permissions }) => permissions.includes(permission)),
  };
}
