import type { ThunkAction, UnknownAction } from '@reduxjs/toolkit';

import { api } from './api';
import { csrfToken } from './csrf';
import { networkProblem, problemFrom, type ApiProblem } from './problem';
import type { AssetView, ImportView } from './generated/course';
import type { RootState } from './store';

export interface UploadWatch {
  /** Called with the share that has been sent, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/** An upload that did not succeed; `problem` says why, its code is `aborted` where the signal ended it. */
export class UploadFailed extends Error {
  readonly problem: ApiProblem;

  constructor(problem: ApiProblem) {
    super(problem.detail || problem.code);
    this.name = 'UploadFailed';
    this.problem = problem;
  }
}

type Upload<Result> = ThunkAction<Promise<Result>, RootState, unknown, UnknownAction>;

export interface CourseArchive {
  file: File;
  publish: boolean;
  organisationId?: string;
  /** Null or left out: the server finds out. */
  format?: string | null;
  idempotencyKey: string;
}

/** Sends an archive to be imported. Rejects with `UploadFailed`; with the same key it can be sent again safely. */
export function uploadCourseArchive(archive: CourseArchive, watch: UploadWatch = {}): Upload<ImportView> {
  return async (dispatch, getState) => {
    const body = new FormData();
    body.set('file', archive.file);
    body.set('publish', String(archive.publish));
    if (archive.organisationId !== undefined) body.set('organisation_id', archive.organisationId);
    if (archive.format) body.set('format', archive.format);
    const headers = { 'Idempotency-Key': archive.idempotencyKey };
    const answer = await send('POST', '/api/v1/imports', body, headers, csrfToken(getState()), watch);
    dispatch(api.util.invalidateTags(['Import']));
    return answer as ImportView;
  };
}

/** Keeps a file at a path of a course, in place of what was there. Rejects with `UploadFailed`. */
export function uploadAsset(courseId: string, path: string, file: File, watch: UploadWatch = {}): Upload<AssetView> {
  return async (dispatch, getState) => {
    const address = `/api/v1/courses/${encodeURIComponent(courseId)}/assets/${path.split('/').map(encodeURIComponent).join('/')}`;
    const headers = { 'Content-Type': file.type || 'application/octet-stream' };
    const answer = await send('PUT', address, file, headers, csrfToken(getState()), watch);
    dispatch(api.util.invalidateTags([{ type: 'Asset', id: courseId }]));
    return answer as AssetView;
  };
}

// XMLHttpRequest, because fetch does not tell how much of a body has been sent.
function send(
  method: string,
  url: string,
  body: FormData | File,
  headers: Record<string, string>,
  token: string | null,
  { onProgress, signal }: UploadWatch,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = (problem: ApiProblem) => reject(new UploadFailed(problem));
    const abort = () => request.abort();
    request.open(method, url);
    request.responseType = 'json';
    request.setRequestHeader('Accept', 'application/json');
    if (token !== null) request.setRequestHeader('X-CSRF-Token', token);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else fail(problemFrom(request.status, request.response, request.getResponseHeader('Retry-After')));
    };
    request.onerror = () => fail(networkProblem());
    request.onabort = () => fail({ ...networkProblem(), code: 'aborted' });
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    if (signal?.aborted) {
      fail({ ...networkProblem(), code: 'aborted' });
      return;
    }
    signal?.addEventListener('abort', abort);
    request.send(body);
  });
}
