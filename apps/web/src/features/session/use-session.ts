import { isApiProblem } from '@lyceum/api-client';
import { useGetSessionQuery, type SessionInfo } from '@lyceum/api-client/auth';

export interface Session {
  /** Null for a visitor, and while nobody knows. */
  session: SessionInfo | null;
  /** Whether the answer is there. */
  isKnown: boolean;
  /** Why nobody knows; that nobody is signed in is no problem. */
  problem: unknown;
  isAsking: boolean;
  ask: () => void;
}

/** Who is signed in with this browser. It asks again when the window gets the focus, for a session can end elsewhere. */
export function useSession(): Session {
  const { currentData, error, isFetching, refetch } = useGetSessionQuery(undefined, { refetchOnFocus: true });
  const isVisitor = isApiProblem(error) && error.status === 401;
  return {
    session: isVisitor ? null : (currentData ?? null),
    isKnown: isVisitor || currentData !== undefined,
    problem: isVisitor || currentData !== undefined ? null : (error ?? null),
    isAsking: isFetching,
    ask: () => void refetch(),
  };
}
