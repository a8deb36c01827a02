import type { SlotView } from '@lyceum/api-client/assessment';

/** What a learner has put in: a text, the id of an option, or the ids of several. */
export type AnswerValue = string | readonly string[];

/** The value that an answer of the server stands for. */
export function valueOf({ item, response }: SlotView): AnswerValue {
  if (response === null) return item.type === 'multiple_choice' ? [] : '';
  if ('options' in response) return response.options;
  if ('option' in response) return response.option ?? '';
  return 'value' in response ? response.value : response.text;
}

/** A value as the API takes it; null takes an answer back. */
export function toResponse(type: string, value: AnswerValue): Record<string, unknown> | null {
  if (isBlank(value)) return null;
  if (typeof value !== 'string') return { options: value };
  if (type === 'numeric') return { value };
  return type === 'short_text' ? { text: value } : { option: value };
}

export function isBlank(value: AnswerValue): boolean {
  return typeof value === 'string' ? value.trim() === '' : value.length === 0;
}
