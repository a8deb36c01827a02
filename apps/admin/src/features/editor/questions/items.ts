/** A question with its key, as the API takes and gives it. Numbers that an author sets are texts, such as `1/3`. */
export interface ItemBase {
  title: string;
  prompt: string;
  weight: string;
  hints: string[];
  feedback: { general: string; right: string; partly: string; wrong: string };
  explanation: string;
}

export interface CreditedOption {
  id: string;
  content: string;
  pinned: boolean;
  credit: string;
  feedback: string;
}

export interface TickedOption {
  id: string;
  content: string;
  pinned: boolean;
  right: boolean;
  feedback_ticked: string;
  feedback_left: string;
}

export interface OneOfMany extends ItemBase {
  type: 'single_choice' | 'dropdown';
  options: CreditedOption[];
  shuffle: boolean;
}

export type CreditRule = { rule: 'all_or_nothing' | 'every_decision' | 'halves' } | { rule: 'per_right_option'; deduction: string };

export interface MultipleChoice extends ItemBase {
  type: 'multiple_choice';
  options: TickedOption[];
  shuffle: boolean;
  credit: CreditRule;
  combinations: { options: string[]; feedback: string }[];
}

interface Accepted {
  credit: string;
  feedback: string;
}

export type AcceptedNumber = Accepted &
  (
    | { kind: 'value'; value: string; tolerance: string; percent: boolean }
    | { kind: 'range'; low: string; high: string; low_closed: boolean; high_closed: boolean }
  );

export interface Numeric extends ItemBase {
  type: 'numeric';
  accepted: AcceptedNumber[];
}

export type AcceptedText = Accepted & ({ kind: 'text'; text: string } | { kind: 'pattern'; pattern: string });

export interface ShortText extends ItemBase {
  type: 'short_text';
  accepted: AcceptedText[];
  case_sensitive: boolean;
}

export type Item = OneOfMany | MultipleChoice | Numeric | ShortText;
export type ItemType = Item['type'];

export const itemTypes: readonly ItemType[] = ['single_choice', 'multiple_choice', 'dropdown', 'numeric', 'short_text'];

/** An id for an option. Learners see it: it must not tell which one is right. */
export function optionId(): string {
  return crypto.randomUUID().slice(0, 8);
}

export function creditedOption(isRight: boolean): CreditedOption {
  return { id: optionId(), content: '', pinned: false, credit: isRight ? '1' : '0', feedback: '' };
}

export function tickedOption(right: boolean): TickedOption {
  return { id: optionId(), content: '', pinned: false, right, feedback_ticked: '', feedback_left: '' };
}

/** A question of this type with nothing written in it yet. */
export function emptyItem(type: ItemType): Item {
  const base: ItemBase = { title: '', prompt: '', weight: '1', hints: [], feedback: { general: '', right: '', partly: '', wrong: '' }, explanation: '' };
  switch (type) {
    case 'single_choice':
    case 'dropdown':
      return { ...base, type, options: [creditedOption(true), creditedOption(false)], shuffle: type === 'single_choice' };
    case 'multiple_choice':
      return { ...base, type, options: [tickedOption(true), tickedOption(false)], shuffle: true, credit: { rule: 'all_or_nothing' }, combinations: [] };
    case 'numeric':
      return { ...base, type, accepted: [{ kind: 'value', value: '', tolerance: '0', percent: false, credit: '1', feedback: '' }] };
    case 'short_text':
      return { ...base, type, accepted: [{ kind: 'text', text: '', credit: '1', feedback: '' }], case_sensitive: false };
  }
}
