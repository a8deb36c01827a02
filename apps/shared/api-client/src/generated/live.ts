// Generated from the contracts of live updates by `npm run generate`. Do not edit.

/** The first message of a client that came without a session cookie or an `Authorization` header. */
export interface Authenticate {
  op: "authenticate";
  /** From `POST /api/v1/live/tickets`. */
  ticket: string;
}

/** Answered by a `pong`. */
export interface Ping {
  op: "ping";
}

/** Watch a topic: from now on, or without a gap from the last cursor that the client saw. */
export interface Subscribe {
  op: "subscribe";
  /** As in `imports/<uuid>`. */
  topic: string;
  cursor?: string | null;
}

export interface Unsubscribe {
  op: "unsubscribe";
  /** As in `imports/<uuid>`. */
  topic: string;
}

/** A message of a client at /ws/v1 */
export type ClientMessage = Authenticate | Subscribe | Unsubscribe | Ping;

/** The ticket was good. */
export interface Authenticated {
  op: "authenticated";
}

/** Something happened. Keep the cursor of the last one of each topic, to go on from there after a cut. */
export interface Event {
  op: "event";
  /** As in `imports/<uuid>`. */
  topic: string;
  /** A place in a topic; clients only keep it. */
  cursor: string;
  /** As in `progress.changed`; clients pass over types that they don't know. */
  type: string;
  data: JsonValue;
}

export type JsonValue = unknown;

export interface Pong {
  op: "pong";
}

/** The topic is not watched: it does not exist for this client (`not-found` and the like), it can't be watched now (`unavailable`), or there are too many (`too-many-subscriptions`). */
export interface Refused {
  op: "refused";
  /** As in `imports/<uuid>`. */
  topic: string;
  /** Stable; as in problem documents of the REST API. */
  code: string;
}

/** Messages are missing between the last cursor and this one: read the state again. The subscription goes on. */
export interface Reset {
  op: "reset";
  /** As in `imports/<uuid>`. */
  topic: string;
  /** A place in a topic; clients only keep it. */
  cursor: string;
}

/** What happens after `cursor` follows as events, each once and in order. Read the state now, not before. */
export interface Subscribed {
  op: "subscribed";
  /** As in `imports/<uuid>`. */
  topic: string;
  /** A place in a topic; clients only keep it. */
  cursor: string;
}

/** No event of the topic follows, unless it is subscribed again. */
export interface Unsubscribed {
  op: "unsubscribed";
  /** As in `imports/<uuid>`. */
  topic: string;
}

/** A message of the platform at /ws/v1 */
export type ServerMessage = Authenticated | Subscribed | Unsubscribed | Event | Reset | Refused | Pong;
