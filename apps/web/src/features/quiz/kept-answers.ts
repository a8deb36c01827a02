import type { AttemptView } from '@lyceum/api-client/assessment';
import type { AnswerValue } from '@lyceum/ui/questions';
import * as z from 'zod/mini';

import { keep, kept } from '../kept';
import type { Stamp } from '../questions';

export type Response = Record<string, unknown> | null;

/** An answer on its way to the server. Its stamp is of the moment when it was given: an older one never wins over a newer. */
export interface KeptAnswer {
  value: AnswerValue;
  response: Response;
  stamp: Stamp;
}

const stored = z.array(
  z.tuple([
    z.string(),
    z.object({
      value: z.union([z.string(), z.array(z.string())]),
      response: z.nullable(z.record(z.string(), z.unknown())),
      stamp: z.object({ client_id: z.string(), seq: z.number() }),
    }),
  ]),
);

const nameOf = (attemptId: string) => `attempt.${attemptId}`;

/** The answers of an attempt that this device has not sent yet, by their slots. */
export function keptAnswers({ id, sections }: AttemptView): Map<string, KeptAnswer> {
  const { success, data } = stored.safeParse(kept(nameOf(id)));
  const slots = new Set(sections.flatMap((section) => section.slots.map(({ slot }) => slot)));
  return new Map(success ? data.filter(([slot]) => slots.has(slot)) : []);
}

export function keepAnswers(attemptId: string, answers: ReadonlyMap<string, KeptAnswer>): void {
  keep(nameOf(attemptId), answers.size === 0 ? null : [...answers]);
}
