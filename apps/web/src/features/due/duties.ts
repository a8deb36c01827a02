/** What holds for a part of a course: when it is due, and whether it counts towards a grade. */
export interface Duty {
  due_at?: string | null;
  graded?: boolean;
}

/**
 * What is left to say of a part below what was said of those around it, the outermost first: what holds for all that is in
 * a part is not repeated within it.
 */
export function duties(part: Duty, around: readonly Duty[]): Duty {
  const above = around.findLast(({ due_at }) => due_at)?.due_at ?? null;
  const own = part.due_at ?? null;
  return { due_at: own === above ? null : own, graded: (part.graded ?? false) && !around.some(({ graded }) => graded) };
}
