import { idempotencyKey, uploadCourseArchive, UploadFailed, type ApiProblem, type AppStore } from '@lyceum/api-client';
import { useSyncExternalStore } from 'react';

/** An archive on its way to the server. It goes on whatever page is open. */
export interface Upload {
  id: string;
  name: string;
  size: number;
  state: 'sending' | 'failed' | 'sent';
  /** What has been sent, from 0 to 1. */
  share: number;
  problem: ApiProblem | null;
  /** The import that it became. */
  importId: string | null;
}

export interface Archive {
  file: File;
  format: string | null;
  publish: boolean;
}

interface Job {
  archive: Archive;
  /** One for all tries: the server makes one import of them. */
  key: string;
  stop: AbortController;
  dispatch: AppStore['dispatch'];
}

let uploads: readonly Upload[] = [];
const jobs = new Map<string, Job>();
const listeners = new Set<() => void>();

function show(next: readonly Upload[]): void {
  uploads = next;
  const isSending = uploads.some(({ state }) => state === 'sending');
  // Leaving the app ends an upload: the browser asks first.
  if (isSending) globalThis.addEventListener('beforeunload', warn);
  else globalThis.removeEventListener('beforeunload', warn);
  for (const listener of listeners) listener();
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function change(id: string, changes: Partial<Upload>): void {
  show(uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)));
}

async function send(id: string): Promise<void> {
  const job = jobs.get(id);
  if (!job) return;
  const { archive, key, stop, dispatch } = job;
  change(id, { state: 'sending', share: 0, problem: null });
  try {
    const { id: importId } = await dispatch(uploadCourseArchive({ ...archive, idempotencyKey: key }, { onProgress: (share) => change(id, { share }), signal: stop.signal }));
    change(id, { state: 'sent', share: 1, importId });
  } catch (error) {
    if (error instanceof UploadFailed && error.problem.code === 'aborted') dismissUpload(id);
    else change(id, { state: 'failed', problem: error instanceof UploadFailed ? error.problem : null });
  }
}

export function startUpload(dispatch: AppStore['dispatch'], archive: Archive): void {
  const id = crypto.randomUUID();
  jobs.set(id, { archive, key: idempotencyKey(), stop: new AbortController(), dispatch });
  const { name, size } = archive.file;
  show([...uploads, { id, name, size, state: 'sending', share: 0, problem: null, importId: null }]);
  void send(id);
}

export function retryUpload(id: string): void {
  void send(id);
}

export function stopUpload(id: string): void {
  jobs.get(id)?.stop.abort();
}

export function dismissUpload(id: string): void {
  jobs.delete(id);
  show(uploads.filter((upload) => upload.id !== id));
}

/** The uploads of this visit, in the order in which they began. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => uploads,
  );
}
