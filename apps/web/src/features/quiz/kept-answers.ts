import type { AttemptView } from '@lyceum/api-client/assessment';
import type { AnswerValue } from '@lyceum/ui/questions';

import { keep, kept } from '../kept';
import type { Stamp } from '../questions';

export type Response = Record<string, unknown> | null;

/** An answer on its way to the server. Its stamp is of the moment when it was given: an older one never wins over a newer. */
export interface KeptAnswer {
  value: AnswerValue;
  response: Response;
  stamp: Stamp;
}

const nameOf = (attemptId: string) => `attempt.${attemptId}`;

/** The answers of an attempt that this device has not sent yet, by their slots. */
export function keptAnswers({ id, sections }: AttemptView): Map<string, KeptAnswer> {
  const found = kept(nameOf(id));
  const slots = new Set<unknown>(sections.flatMap((section) => section.slots.map(({ slot }) => slot)));
  return new Map(Array.isArray(found) ? (found as unknown[]).filter((entry): entry is [string, KeptAnswer] => Array.isArray(entry) && slots.has(entry[0]) && isAnswer(entry[1])) : []);
}

function isAnswer(value: unknown): value is KeptAnswer {
  const { value: given, response, stamp } = (value ?? {}) as Partial<Record<keyof KeptAnswer, unknown>>;
  return (typeof given === 'string' || Array.isArray(given)) && typeof response === 'object' && typeof (stamp as Partial<Stamp> | undefined)?.seq === 'number';
}

export function keepAnswers(attemptId: string, answers: ReadonlyMap<string, KeptAnswer>): void {
  keep(nameOf(attemptId), answers.size === 0 ? null : [...answers]);
}
