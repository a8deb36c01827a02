import { allItems, isApiProblem } from '@lyceum/api-client';
import { useBrowseRoleAssignmentsInfiniteQuery, useGetSessionQuery, useListRolesQuery } from '@lyceum/api-client/auth';

/** What the built-in roles allow, for those who may not read the list of roles. */
const BUILT_IN: Record<string, readonly string[]> = {
  author: ['course.course.create'],
  instructor: ['course.course.instruct', 'course.enrolment.manage'],
  learner: [],
};
const ALL = 100;

export interface Permissions {
  isLoading: boolean;
  error: unknown;
  retry: () => void;
  /** Whether there is anything to manage with this account. */
  any: boolean;
  /** Whether it is worth showing: the API has the last word. A role that nobody here knows counts as one that allows it. */
  may: (permission: string) => boolean;
}

/** What the person who is signed in may do, somewhere at least. The API names no permissions of one's own, only roles. */
export function usePermissions(): Permissions {
  const { currentData: session } = useGetSessionQuery();
  const skip = session === undefined;
  const assignments = useBrowseRoleAssignmentsInfiniteQuery({ user_id: session?.user.id ?? '' }, { skip });
  const held = allItems(assignments.currentData).map(({ role }) => role);
  // Those with these roles only may not read the list: asking again with every page would be refused every time.
  const isKnown = held.every((role) => role in BUILT_IN);
  const roles = useListRolesQuery({ limit: ALL }, { skip: skip || isKnown });
  const refused = isApiProblem(roles.error) && roles.error.status === 403;
  const known = new Map(roles.currentData?.items.map(({ name, permissions }) => [name, permissions]) ?? Object.entries(BUILT_IN));
  const may = (permission: string) => held.some((role) => known.get(role)?.includes(permission) ?? true);
  return {
    isLoading: !skip && (assignments.isLoading || roles.isLoading),
    error: assignments.error ?? (refused ? undefined : roles.error),
    retry: () => {
      void assignments.refetch();
      void roles.refetch();
    },
    any: held.some((role) => (known.get(role)?.length ?? 1) > 0),
    may,
  };
}
