import type { ClientMessage, ServerMessage } from '../generated/live';
import { pauseBefore } from './back-off';

const SUBPROTOCOL = 'lyceum.live.v1';
// Milliseconds: between two signs of life that are asked for, how long one may take, how long a connection is kept that nobody
// needs, and until a topic is asked for again that could not be watched for the moment.
const PULSE = 25_000;
const PATIENCE = 10_000;
const LULL = 5000;
const LATER = 30_000;

// Close codes: the session is over, the client did something wrong, or has too many connections.
const NOT_AUTHENTICATED = 4401;
const BAD_MESSAGE = 4400;
const TOO_MANY = 4429;
// Refusals that may pass. Others stand until the next connection.
const PASSING = new Set(['unavailable', 'too-many-subscriptions']);
const LONG = 6;

/** What the connection needs of a `WebSocket`. */
export type Socket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export interface Watcher {
  onEvent: (type: string, data: unknown) => void;
  /** What was told so far is not all: read the state again. */
  onReload: () => void;
  /** Whether everything that happens is told now. While it is not, somebody has to ask. */
  onStanding: (isLive: boolean) => void;
}

interface Topic {
  /** Where the last message stood; null before the first answer, and where it is of no use. */
  cursor: string | null;
  isLive: boolean;
  watchers: Set<Watcher>;
}

export interface LiveOptions {
  open?: () => Socket;
  /** A number from 0 to 1, another one each time. */
  chance?: () => number;
}

/**
 * The one WebSocket of a page at `/ws/v1`. It is there as long as a topic is watched, comes back after a cut with growing pauses,
 * and goes on in each topic after the last message that was seen. The protocol stands in the README of the runtime.
 */
export class LiveConnection {
  private readonly topics = new Map<string, Topic>();
  private readonly open: () => Socket;
  private readonly chance: () => number;
  private socket: Socket | null = null;
  private isOpen = false;
  private failed = 0;
  private again: ReturnType<typeof setTimeout> | undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;
  private deadline: ReturnType<typeof setTimeout> | undefined;
  private lull: ReturnType<typeof setTimeout> | undefined;

  constructor({ open = openSocket, chance = Math.random }: LiveOptions = {}) {
    this.open = open;
    this.chance = chance;
    globalThis.addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.hurry();
    });
    // A page with an open connection can't be kept by the browser for the way back.
    globalThis.addEventListener('pagehide', () => this.hangUp());
    globalThis.addEventListener('pageshow', () => this.connect());
  }

  /** Watch a topic. Returns what ends it. */
  watch(name: string, watcher: Watcher): () => void {
    let topic = this.topics.get(name);
    if (!topic) {
      topic = { cursor: null, isLive: false, watchers: new Set() };
      this.topics.set(name, topic);
      this.subscribe(name, topic);
    }
    topic.watchers.add(watcher);
    if (topic.isLive) watcher.onStanding(true);
    clearTimeout(this.lull);
    this.connect();
    return () => this.leave(name, watcher);
  }

  /** Begin anew: somebody else is signed in now. */
  restart(): void {
    this.hangUp();
    for (const topic of this.topics.values()) topic.cursor = null;
    this.connect();
  }

  private leave(name: string, watcher: Watcher): void {
    const topic = this.topics.get(name);
    if (!topic?.watchers.delete(watcher) || topic.watchers.size > 0) return;
    this.topics.delete(name);
    this.say({ op: 'unsubscribe', topic: name });
    if (this.topics.size > 0) return;
    // The next page often watches something too.
    clearTimeout(this.lull);
    this.lull = setTimeout(() => this.hangUp(), LULL);
  }

  private connect(): void {
    if (this.socket !== null || this.again !== undefined || this.topics.size === 0) return;
    const socket = this.open();
    this.socket = socket;
    socket.onopen = () => {
      this.isOpen = true;
      this.pulse = setInterval(() => this.ask(), PULSE);
      for (const [name, topic] of this.topics) this.subscribe(name, topic);
    };
    socket.onmessage = ({ data }) => this.take(data);
    socket.onclose = ({ code }) => this.lost(code);
  }

  private hangUp(): void {
    clearTimeout(this.again);
    this.again = undefined;
    this.drop();
  }

  /** Come back now and not after the pause: there may be a network again, or somebody who looks. */
  private hurry(): void {
    if (this.again === undefined) return;
    clearTimeout(this.again);
    this.again = undefined;
    this.connect();
  }

  private drop(): void {
    clearInterval(this.pulse);
    clearTimeout(this.deadline);
    this.deadline = undefined;
    const { socket } = this;
    this.socket = null;
    this.isOpen = false;
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
    for (const topic of this.topics.values()) stand(topic, false);
  }

  private lost(code?: number): void {
    this.drop();
    if (code === NOT_AUTHENTICATED || this.topics.size === 0) return;
    this.failed = code === BAD_MESSAGE || code === TOO_MANY ? LONG : Math.min(LONG, this.failed + 1);
    this.again = setTimeout(
      () => {
        this.again = undefined;
        this.connect();
      },
      pauseBefore(this.failed - 1, this.chance()),
    );
  }

  private ask(): void {
    this.say({ op: 'ping' });
    this.deadline ??= setTimeout(() => this.lost(), PATIENCE);
  }

  private subscribe(name: string, { cursor }: Topic): void {
    this.say(cursor === null ? { op: 'subscribe', topic: name } : { op: 'subscribe', topic: name, cursor });
  }

  private say(message: ClientMessage): void {
    if (this.isOpen) this.socket?.send(JSON.stringify(message));
  }

  private take(data: unknown): void {
    clearTimeout(this.deadline);
    this.deadline = undefined;
    const message = read(data);
    const topic = message && 'topic' in message ? this.topics.get(message.topic) : undefined;
    if (!message || !topic) return;
    switch (message.op) {
      case 'subscribed': {
        this.failed = 0;
        const isNew = topic.cursor === null;
        topic.cursor = message.cursor;
        stand(topic, true);
        if (isNew) tell(topic, (watcher) => watcher.onReload());
        break;
      }
      case 'event':
        topic.cursor = message.cursor;
        tell(topic, (watcher) => watcher.onEvent(message.type, message.data));
        break;
      case 'reset':
        topic.cursor = message.cursor;
        stand(topic, true);
        tell(topic, (watcher) => watcher.onReload());
        break;
      case 'refused':
        stand(topic, false);
        if (PASSING.has(message.code)) this.tryLater(message.topic, topic);
        else topic.cursor = null;
        break;
    }
  }

  private tryLater(name: string, topic: Topic): void {
    const { socket } = this;
    setTimeout(() => {
      if (this.socket === socket && this.topics.get(name) === topic && !topic.isLive) this.subscribe(name, topic);
    }, LATER);
  }
}

function openSocket(): Socket {
  const address = new URL('/ws/v1', globalThis.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(address, SUBPROTOCOL);
}

/** The frame's message; null for what is none, say of a proxy. */
function read(data: unknown): ServerMessage | null {
  try {
    const message: unknown = JSON.parse(String(data));
    return typeof message === 'object' && message !== null && 'op' in message ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}

function stand(topic: Topic, isLive: boolean): void {
  if (topic.isLive === isLive) return;
  topic.isLive = isLive;
  tell(topic, (watcher) => watcher.onStanding(isLive));
}

function tell(topic: Topic, say: (watcher: Watcher) => void): void {
  [...topic.watchers].forEach(say);
}
