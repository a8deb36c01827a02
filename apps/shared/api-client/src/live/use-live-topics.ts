import { useEffect, useRef, useState } from 'react';
import { useStore } from 'react-redux';

import { csrfToken } from '../csrf';
import { LiveConnection } from './connection';

export interface LiveTopicsHandlers {
  onEvent: (topic: string, type: string, data: unknown) => void;
  /** Something may have been missed: read the state of the topic again. */
  onReload: (topic: string) => void;
}

const NONE: ReadonlySet<string> = new Set();
const connections = new WeakMap<object, LiveConnection>();

/**
 * Watches topics of `/ws/v1` as long as the component is there. True while everything that happens in all of them is told; while it
 * is not, the component has to ask the API now and then.
 */
export function useLiveTopics(topics: readonly string[], handlers: LiveTopicsHandlers): boolean {
  const store = useStore();
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const [live, setLive] = useState(NONE);
  const key = topics.join('\n');
  useEffect(() => {
    const connection = connectionOf(store);
    const ends = key.split('\n').flatMap((topic) =>
      topic === ''
        ? []
        : [
            connection.watch(topic, {
              onEvent: (type, data) => latest.current.onEvent(topic, type, data),
              onReload: () => latest.current.onReload(topic),
              onStanding: (isLive) => setLive((before) => (isLive ? new Set([...before, topic]) : new Set([...before].filter((one) => one !== topic)))),
            }),
          ],
    );
    return () => {
      ends.forEach((end) => end());
      setLive(NONE);
    };
  }, [key, store]);
  return topics.length > 0 && topics.every((topic) => live.has(topic));
}

interface Tokens {
  getState: () => unknown;
  subscribe: (listener: () => void) => unknown;
}

function connectionOf(store: Tokens): LiveConnection {
  const known = connections.get(store);
  if (known) return known;
  const made = new LiveConnection();
  connections.set(store, made);
  // Each session has a token of its own: another one is another person, or another right to watch.
  let token = csrfToken(store.getState());
  store.subscribe(() => {
    const now = csrfToken(store.getState());
    if (now === token) return;
    if (token !== null) made.restart();
    token = now;
  });
  return made;
}
