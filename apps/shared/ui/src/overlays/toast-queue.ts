import { UNSTABLE_ToastQueue as ToastQueue } from 'react-aria-components';

export interface ToastMessage {
  tone: 'ok' | 'bad' | 'plain';
  title: string;
  detail?: string;
}

// A message with good news goes by itself; one that needs an answer stays until it is closed.
const MILLISECONDS = 6000;
export const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 });

/** Tell the outcome of something, in a live region that screen readers read out. Errors stay until they are closed. */
export function toast(message: ToastMessage): void {
  queue.add(message, message.tone === 'bad' ? {} : { timeout: MILLISECONDS });
}

/** Take away what still stands, as after a change of person or between tests. */
export function clearToasts(): void {
  queue.clear();
}
