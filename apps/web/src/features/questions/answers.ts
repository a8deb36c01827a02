import type { SlotView } from '@lyceum/api-client/assessment';
import type { AnswerValue } from '@lyceum/ui/questions';

/** The value that an answer of the server stands for. */
export function valueOf({ item, response }: SlotView): AnswerValue {
  if (response === null) return item.type === 'multiple_choice' ? [] : '';
  if ('options' in response) return response.options;
  if ('option' in response) return response.option ?? '';
  return 'value' in response ? response.value : response.text;
}
