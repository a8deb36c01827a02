import { csrfToken, type AppStore } from '@lyceum/api-client';
import { authApi } from '@lyceum/api-client/auth';
import { progressApi, type SendHeartbeatsApiArg } from '@lyceum/api-client/progress';
import { useCallback, useEffect, useRef } from 'react';
import { useStore } from 'react-redux';

import { keep, kept } from '../kept';

type Beat = SendHeartbeatsApiArg['heartbeatBatch']['heartbeats'][number];

// Milliseconds that beats wait for others, and how many are sent at once at most.
const PAUSE = 1000;
const MOST = 50;
// How many are kept on this device while there is no network.
const KEPT = 500;
const ADDRESS = '/api/v1/progress/heartbeats';

/** Sends what was seen, several at once. What has not been sent when the page is left goes with a request that outlives it. */
class HeartbeatQueue {
  private waiting: Beat[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly store: AppStore;
  private readonly name: string;
  private readonly listeners = new Set<() => void>();

  constructor(store: AppStore) {
    this.store = store;
    this.name = `heartbeats.${personOf(store)}`;
    this.waiting.push(...left(this.name));
    if (this.waiting.length > 0) this.timer = setTimeout(() => void this.send(), PAUSE);
    globalThis.addEventListener('online', () => void this.send());
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
    clearTimeout(this.timer);
    this.timer = undefined;
    const heartbeats = this.waiting.splice(0, MOST);
    if (heartbeats.length === 0) return;
    const { error } = await this.store.dispatch(progressApi.endpoints.sendHeartbeats.initiate({ heartbeatBatch: { heartbeats } }));
    const isLost = error !== undefined && 'status' in error && (error.status === 0 || error.status >= 500 || error.status === 429);
    if (isLost) this.waiting.unshift(...heartbeats);
    else this.listeners.forEach((listener) => listener());
    keep(this.name, this.waiting.length > 0 ? this.waiting.slice(-KEPT) : null);
    if (this.waiting.length > 0) this.timer ??= setTimeout(() => void this.send(), isLost ? PAUSE * 10 : PAUSE);
  }

  /** `keepalive` instead of a beacon: a beacon could not carry the CSRF token. */
  private leave(): void {
    const heartbeats = this.waiting.splice(0, MOST);
    if (heartbeats.length === 0) return;
    // Kept until the answer is there: without a network, or after the page, the next visit sends them. Twice does no harm.
    const { name } = this;
    keep(name, heartbeats);
    const token = csrfToken(this.store.getState());
    void fetch(ADDRESS, {
      method: 'POST',
      keepalive: true,
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json', ...(token === null ? {} : { 'X-CSRF-Token': token }) },
      body: JSON.stringify({ heartbeats }),
    }).then(
      () => keep(name, null),
      () => undefined, // the page is gone: nobody is left to tell
    );
  }
}

const queues = new WeakMap<AppStore, Map<string, HeartbeatQueue>>();

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

/** Whose heartbeats they are; a lesson is only for who is signed in. */
function personOf(store: AppStore): string {
  return authApi.endpoints.getSession.select()(store.getState()).data?.user.id ?? '';
}

/** What the person's last visit could not send. A heartbeat that the server can't read it refuses by itself. */
function left(name: string): Beat[] {
  const found = kept(name);
  return Array.isArray(found) ? (found as Beat[]) : [];
}

function queueOf(store: AppStore): HeartbeatQueue {
  const person = personOf(store);
  const known = queues.get(store) ?? new Map<string, HeartbeatQueue>();
  const queue = known.get(person) ?? new HeartbeatQueue(store);
  queues.set(store, known.set(person, queue));
  return queue;
}
