import { useCallback, useEffect, useRef, useState } from 'react';

import { isConflict } from '../outline/use-outline';
import { useCopies, type Copies } from './use-copies';

/** `clean`: nothing was changed here yet. `waiting`: changed, and saved in a moment. */
export type SaveState = 'clean' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';

// Milliseconds without another change, before what was written is sent.
const PAUSE = 1200;

export interface Autosave<T> {
  value: T;
  state: SaveState;
  /** Why it could not be saved. */
  problem: unknown;
  change: (value: T) => void;
  /** Try again, now. */
  retry: () => void;
  /** Of two versions, go on with the own one: it is saved in place of the other, which is put aside. */
  takeMine: (theirs: T, version: number) => void;
  /** Go on with the other one; the own is put aside. */
  takeTheirs: (value: T, version: number) => void;
  /** Go on with the copy that lies aside; what is shown now takes its place there. */
  takeOffered: () => void;
  copies: Copies<T>;
}

export interface AutosaveOptions<T> {
  /** What is edited, among all that this device has copies of. */
  name: string;
  stored: T;
  version: number;
  /** Sends it; resolves to the new version. */
  save: (value: T, version: number) => Promise<number>;
  /** Nothing is sent until `retry` is called; until then it is kept on this device alone. */
  isManual?: boolean;
}

/** Saves what is written a moment after the last change, with a copy on this device until the server has it. */
export function useAutosave<T>({ name, stored, version, save, isManual = false }: AutosaveOptions<T>): Autosave<T> {
  const [value, setValue] = useState(stored);
  const [state, setState] = useState<SaveState>('clean');
  const [problem, setProblem] = useState<unknown>(null);
  const copies = useCopies(name, stored);
  const latest = useRef(stored);
  const known = useRef(version);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isSending = useRef(false);
  const { keep, saved, setAside } = copies;

  const send = useCallback(async () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (isSending.current) return;
    isSending.current = true;
    try {
      for (;;) {
        const sent = latest.current;
        setState('saving');
        known.current = await save(sent, known.current);
        if (latest.current === sent) break;
        keep(latest.current, known.current);
      }
      saved();
      setProblem(null);
      setState('saved');
    } catch (error) {
      setProblem(error);
      setState(isConflict(error) ? 'conflict' : 'failed');
    } finally {
      isSending.current = false;
    }
  }, [keep, save, saved]);

  const change = useCallback(
    (next: T) => {
      latest.current = next;
      setValue(next);
      keep(next, known.current);
      setState((now) => (now === 'conflict' || now === 'saving' ? now : 'waiting'));
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = isManual ? null : setTimeout(() => void send(), PAUSE);
    },
    [isManual, keep, send],
  );

  // Where two versions wait for a decision, nothing is sent: the timer that a change set finds the state here.
  const isUndecided = state === 'conflict';
  useEffect(() => {
    if (isUndecided && timer.current !== null) {
      clearTimeout(timer.current);
      timer.current = null;
    }
  }, [isUndecided, value]);

  // What is left unsaved by going elsewhere in the app is sent at once.
  useEffect(
    () => () => {
      if (timer.current !== null) void send();
    },
    [send],
  );

  const hasFailed = state === 'failed';
  useEffect(() => {
    if (!hasFailed) return undefined;
    const again = () => void send();
    globalThis.addEventListener('online', again);
    return () => globalThis.removeEventListener('online', again);
  }, [hasFailed, send]);

  const takeMine = useCallback(
    (theirs: T, at: number) => {
      setAside(theirs, at);
      known.current = at;
      void send();
    },
    [send, setAside],
  );
  const takeTheirs = useCallback(
    (theirs: T, at: number) => {
      setAside(latest.current, known.current);
      saved();
      known.current = at;
      latest.current = theirs;
      setValue(theirs);
      setState('saved');
    },
    [saved, setAside],
  );
  const { offered } = copies;
  const takeOffered = useCallback(() => {
    if (offered === null) return;
    setAside(latest.current, known.current);
    change(offered.value);
  }, [change, offered, setAside]);
  return { value, state, problem, change, retry: () => void send(), takeMine, takeTheirs, takeOffered, copies };
}
