/** What a learner has put in: a text, the id of an option, or the ids of several. */
export type AnswerValue = string | readonly string[];

/** A question as its learner sees it; the `ItemView` of the API is one. */
export interface ShownQuestion {
  type: string;
  prompt: string;
  options?: readonly { id: string; content: string }[];
}

/** What may be told of an answer; the `ReviewView` of the API is one. */
export interface ShownReview {
  outcome?: 'right' | 'partly' | 'wrong' | 'blank' | null;
  points?: number | string | null;
  max_points?: number | string | null;
  parts?: readonly { chosen: boolean; feedback: string }[];
  feedback?: readonly string[];
  key?: readonly string[] | null;
  explanation?: string | null;
}

export function isBlank(value: AnswerValue): boolean {
  return typeof value === 'string' ? value.trim() === '' : value.length === 0;
}

/** A value as the API takes it; null takes an answer back. */
export function toResponse(type: string, value: AnswerValue): Record<string, unknown> | null {
  if (isBlank(value)) return null;
  if (typeof value !== 'string') return { options: value };
  if (type === 'numeric') return { value };
  return type === 'short_text' ? { text: value } : { option: value };
}
