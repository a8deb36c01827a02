import { ifMatch, type AppStore } from '@lyceum/api-client';
import { courseApi, useEditNodeMutation, type NodeEdit, type NodeView } from '@lyceum/api-client/course';
import { useCallback, useRef } from 'react';
import { useStore } from 'react-redux';

import { isConflict } from '../outline/use-outline';
import { isSame } from './local-copy';

export interface FieldsOptions<T> {
  courseId: string;
  /** The node as it was when it was opened. */
  opened: NodeView;
  /** What is edited of it. A function that stays the same. */
  pick: (node: NodeView) => T;
  /** What has to be sent to get from one to the other. A function that stays the same. */
  changes: (value: T, since: T) => NodeEdit;
}

/**
 * Saves some of what a node has; resolves to the node's new version, as `useAutosave` wants. A node has one version for all of it: where
 * it is newer, but not in what is edited here, nobody is asked and it is done on top of what is there now.
 */
export function useFields<T>({ courseId, opened, pick, changes }: FieldsOptions<T>): (value: T, version: number) => Promise<number> {
  const store = useStore() as AppStore;
  const [edit] = useEditNodeMutation();
  const known = useRef(pick(opened));
  const { id: nodeId } = opened;
  return useCallback(
    async (value: T, version: number) => {
      const send = async (at: number) => {
        const node = await edit({ courseId, nodeId, 'If-Match': ifMatch(at), nodeEdit: changes(value, known.current) }).unwrap();
        known.current = pick(node);
        return node.version;
      };
      // What was saved of it on this page, beside what is edited here, is known already.
      const { data: shown } = courseApi.endpoints.getNode.select({ courseId, nodeId })(store.getState());
      const isAhead = shown !== undefined && shown.version > version && isSame(pick(shown), known.current);
      try {
        return await send(isAhead ? shown.version : version);
      } catch (error) {
        if (!isConflict(error)) throw error;
        const now = await store.dispatch(courseApi.endpoints.getNode.initiate({ courseId, nodeId }, { forceRefetch: true, subscribe: false })).unwrap();
        const isAsKnown = isSame(pick(now), known.current);
        known.current = pick(now);
        if (!isAsKnown) throw error;
        return send(now.version);
      }
    },
    [changes, courseId, edit, nodeId, pick, store],
  );
}
