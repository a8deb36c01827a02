import { csrfToken, type AppStore } from '@lyceum/api-client';
import { progressApi, type SendHeartbeatsApiArg } from '@lyceum/api-client/progress';
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'react-redux';

type Beat = SendHeartbeatsApiArg['heartbeatBatch']['heartbeats'][number];

// Milliseconds that beats wait for others, and how many are sent at once at most.
const PAUSE = 1000;
const MOST = 50;
const ADDRESS = '/api/v1/progress/heartbeats';

/** Sends what was seen, several at once. What has not been sent when the page is left goes with a request that outlives it. */
class HeartbeatQueue {
  private waiting: Beat[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly store: AppStore;
  private readonly listeners = new Set<() => void>();

  constructor(store: AppStore) {
    this.store = store;
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.leave();
    });
    globalThis.addEventListener('pagehide', () => this.leave());
  }

  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  add(beat: Beat): void {
    this.waiting.push(beat);
    this.timer ??= setTimeout(() => void this.send(), PAUSE);
  }

  private async send(): Promise<void> {
    this.timer = undefined;
    const heartbeats = this.waiting.splice(0, MOST);
    if (heartbeats.length === 0) return;
    const { error } = await this.store.dispatch(progressApi.endpoints.sendHeartbeats.initiate({ heartbeatBatch: { heartbeats } }));
    const isLost = error !== undefined && 'status' in error && (error.status === 0 || error.status >= 500 || error.status === 429);
    if (isLost) this.waiting.unshift(...heartbeats);
    else this.listeners.forEach((listener) => listener());
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => void this.send(), isLost ? PAUSE * 10 : PAUSE);
  }

  /** `keepalive` instead of a beacon: a beacon could not carry the CSRF token. */
  private leave(): void {
    const heartbeats = this.waiting.splice(0, MOST);
    if (heartbeats.length === 0) return;
    const token = csrfToken(this.store.getState());
    void fetch(ADDRESS, {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { 'X-CSRF-Token': token }) },
      body: JSON.stringify({ heartbeats }),
    }).catch(() => undefined); // the page is gone: nobody is left to tell
  }
}

const queues = new WeakMap<AppStore, HeartbeatQueue>();

/** What tells the server that a block was seen or where a video stands. `onSent` is called after each batch. */
export function useHeartbeats(onSent: () => void): (beat: Beat) => void {
  const store = useStore() as AppStore;
  const listener = useRef(onSent);
  useEffect(() => {
    listener.current = onSent;
  });
  useEffect(() => queueOf(store).listen(() => listener.current()), [store]);
  return useCallback((beat: Beat) => queueOf(store).add(beat), [store]);
}

function queueOf(store: AppStore): HeartbeatQueue {
  const queue = queues.get(store) ?? new HeartbeatQueue(store);
  queues.set(store, queue);
  return queue;
}
