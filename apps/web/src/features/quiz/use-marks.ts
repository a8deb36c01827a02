import { useState } from 'react';

const keyOf = (attemptId: string) => `lyceum.marks.${attemptId}`;

/** Questions that the learner wants to look at again, kept in this browser until it is closed. */
export function useMarks(attemptId: string) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(() => stored(attemptId));
  const toggle = (slot: string) => {
    const next = new Set(marked);
    if (!next.delete(slot)) next.add(slot);
    setMarked(next);
    try {
      sessionStorage.setItem(keyOf(attemptId), JSON.stringify([...next]));
    } catch {
      // Storage may be forbidden; the marks then hold until the page is left.
    }
  };
  return { marked, toggle };
}

function stored(attemptId: string): ReadonlySet<string> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(attemptId)) ?? '[]');
    return new Set(Array.isArray(kept) ? kept.map(String) : []);
  } catch {
    return new Set();
  }
}
