import { ifMatch, isApiProblem, type ApiProblem, type AppStore } from '@lyceum/api-client';
import {
  courseApi, placeOf, useAddNodeMutation, useEditNodeMutation, useMoveNodeMutation, useRemoveNodeMutation, type DraftView, type MoveRequest,
  type NodeEdit, type NodeRequest,
} from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { toast } from '@lyceum/ui';
import { useCallback, useRef, useState } from 'react';
import { useStore } from 'react-redux';

/** A change of the outline, with the title that it is about. */
export type OutlineChange = { title: string } & (
  | { what: 'add'; request: NodeRequest }
  | { what: 'move'; request: MoveRequest }
  | { what: 'remove'; nodeId: string }
  | { what: 'edit'; nodeId: string; edit: NodeEdit }
);

/** What became of a change: `id` is the node's, where one was added. */
export interface Done {
  id: string | null;
}

export interface Changing {
  /** Changes are made one after the other. Null where one was refused; that was shown then. */
  change: (change: OutlineChange) => Promise<Done | null>;
  /** What was not done because somebody else was first; the outline shows what is there now. */
  refused: OutlineChange | null;
  forget: () => void;
}

/** Changes the outline of a draft: at once on the page, then on the server, and back where it refuses. */
export function useOutlineChanges(courseId: string): Changing {
  const { t } = useTranslation('editor');
  const store = useStore() as AppStore;
  const [refused, setRefused] = useState<OutlineChange | null>(null);
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [add] = useAddNodeMutation();
  const [move] = useMoveNodeMutation();
  const [remove] = useRemoveNodeMutation();
  const [edit] = useEditNodeMutation();

  const change = useCallback(
    (asked: OutlineChange) => {
      const draft = (): DraftView | undefined => courseApi.endpoints.getDraft.select({ courseId })(store.getState()).data;
      const current = () => store.dispatch(courseApi.endpoints.getDraft.initiate({ courseId }, { forceRefetch: true, subscribe: false }));
      const send = async (): Promise<Done> => {
        const shown = draft();
        const outline = { courseId, 'If-Match': ifMatch(shown?.version ?? 0) };
        switch (asked.what) {
          case 'add': {
            const { id } = await add({ ...outline, nodeRequest: asked.request }).unwrap();
            await current();
            return { id };
          }
          case 'move':
            await move({ ...outline, moveRequest: asked.request }).unwrap();
            return { id: null };
          case 'remove':
            await remove({ ...outline, nodeId: asked.nodeId }).unwrap();
            await current();
            return { id: null };
          case 'edit': {
            const version = placeOf(shown?.sections ?? [], asked.nodeId)?.node.version ?? 0;
            await edit({ courseId, nodeId: asked.nodeId, 'If-Match': ifMatch(version), nodeEdit: asked.edit }).unwrap();
            return { id: null };
          }
        }
      };
      const attempt = async (): Promise<Done | null> => {
        try {
          const done = await send();
          setRefused(null);
          return done;
        } catch (error) {
          if (isConflict(error)) {
            await current();
            setRefused(asked);
          } else {
            toast({ tone: 'bad', title: t('refused'), ...said(error) });
          }
          return null;
        }
      };
      const result = last.current.then(attempt);
      last.current = result;
      return result;
    },
    [add, courseId, edit, move, remove, store, t],
  );
  const forget = useCallback(() => setRefused(null), []);
  return { change, refused, forget };
}

/** Whether a write was refused because it was meant for an older version. */
export function isConflict(error: unknown): error is ApiProblem {
  return isApiProblem(error) && (error.status === 409 || error.status === 412);
}

function said(error: unknown): { detail?: string } {
  if (!isApiProblem(error)) return {};
  const detail = [error.detail, ...error.errors.map((one) => one.detail)].filter(Boolean).join(' ');
  return detail === '' ? {} : { detail };
}
