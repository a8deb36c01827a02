import type { Socket } from '@lyceum/api-client/live';

type Message = Record<string, unknown>;

/** The other end of a WebSocket that the page opened. Nobody answers unless the test does. */
export class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  /** What the page said, in order. */
  readonly sent: Message[] = [];
  isClosed = false;

  constructor() {
    sockets.opened.push(this);
  }

  send(data: string): void {
    this.sent.push(JSON.parse(data) as Message);
  }

  close(): void {
    this.isClosed = true;
  }

  accept(): void {
    this.call(this.onopen, new Event('open'));
  }

  say(message: Message): void {
    this.call(this.onmessage, new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  /** The connection ends, by the server or on the way. */
  cut(code = 1006): void {
    this.isClosed = true;
    this.call(this.onclose, new CloseEvent('close', { code }));
  }

  private call<Happening extends Event>(listener: ((this: WebSocket, happening: Happening) => unknown) | null, happening: Happening): void {
    listener?.call(this as unknown as WebSocket, happening);
  }
}

/** The WebSockets that were opened in this test. */
export const sockets = {
  opened: [] as FakeSocket[],

  get last(): FakeSocket {
    const socket = this.opened.at(-1);
    if (!socket) throw new Error('no WebSocket was opened');
    return socket;
  },

  clear(): void {
    this.opened.length = 0;
  },
};
