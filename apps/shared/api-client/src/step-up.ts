/** Asks the person to prove who they are; false where they would rather not. */
export type StepUp = () => Promise<boolean>;

let stepUp: StepUp | null = null;
let asking: Promise<boolean> | null = null;

/** Says who asks, when a request is refused for want of a recent proof. Returns what takes that back. */
export function onStepUp(ask: StepUp): () => void {
  stepUp = ask;
  return () => {
    if (stepUp === ask) stepUp = null;
  };
}

/** Whether the person has proved it now. Requests that are refused at the same time share one question. */
export function steppedUp(): Promise<boolean> {
  if (stepUp === null) return Promise.resolve(false);
  asking ??= stepUp().finally(() => {
    asking = null;
  });
  return asking;
}
