import { FakeSocket, sockets } from '@lyceum/testing';

import { pauseBefore } from './back-off';
import { LiveConnection, type Watcher } from './connection';

const TOPIC = 'progress/1';

function watcher() {
  return { onEvent: jest.fn<void, [string, unknown]>(), onReload: jest.fn<void, []>(), onStanding: jest.fn<void, [boolean]>() } satisfies Watcher;
}

function connected() {
  const connection = new LiveConnection({ open: () => new FakeSocket(), chance: () => 1 });
  const one = watcher();
  const leave = connection.watch(TOPIC, one);
  sockets.last.accept();
  return { connection, one, leave };
}

const subscribed = (cursor: string) => ({ op: 'subscribed', topic: TOPIC, cursor });
const event = (cursor: string) => ({ op: 'event', topic: TOPIC, cursor, type: 'progress.changed', data: { percentage: 3 } });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('a topic is live once it is subscribed, and its state is read then', () => {
  const { one } = connected();
  expect(sockets.last.sent).toEqual([{ op: 'subscribe', topic: TOPIC }]);
  expect(one.onStanding).not.toHaveBeenCalled();
  sockets.last.say(subscribed('1-1'));
  expect(one.onStanding.mock.calls).toEqual([[true]]);
  expect(one.onReload).toHaveBeenCalledTimes(1);
  sockets.last.say(event('1-2'));
  expect(one.onEvent.mock.calls).toEqual([['progress.changed', { percentage: 3 }]]);
});

test('after a cut it goes on behind the last message, without reading everything again', () => {
  const { one } = connected();
  sockets.last.say(subscribed('1-1'));
  sockets.last.say(event('1-2'));
  sockets.last.cut();
  expect(one.onStanding).toHaveBeenLastCalledWith(false);
  jest.advanceTimersByTime(pauseBefore(0, 1));
  expect(sockets.opened).toHaveLength(2);
  sockets.last.accept();
  expect(sockets.last.sent).toEqual([{ op: 'subscribe', topic: TOPIC, cursor: '1-2' }]);
  sockets.last.say(subscribed('1-2'));
  sockets.last.say(event('1-3'));
  expect(one.onReload).toHaveBeenCalledTimes(1);
  expect(one.onEvent).toHaveBeenCalledTimes(2);
});

test('after a reset the state is read again', () => {
  const { one } = connected();
  sockets.last.say(subscribed('1-1'));
  sockets.last.say({ op: 'reset', topic: TOPIC, cursor: '9-1' });
  expect(one.onReload).toHaveBeenCalledTimes(2);
  sockets.last.cut();
  jest.advanceTimersByTime(pauseBefore(0, 1));
  sockets.last.accept();
  expect(sockets.last.sent).toEqual([{ op: 'subscribe', topic: TOPIC, cursor: '9-1' }]);
});

test('pauses grow up to a minute, and differ by chance', () => {
  expect([0, 1, 2, 3].map((failed) => pauseBefore(failed, 1))).toEqual([1500, 2500, 4500, 8500]);
  expect(pauseBefore(50, 1)).toBe(60_500);
  expect(pauseBefore(50, 0)).toBe(500);
});

test('a server that is away is asked less and less, until it answers', () => {
  const { one } = connected();
  for (const failed of [0, 1, 2]) {
    sockets.last.cut();
    jest.advanceTimersByTime(pauseBefore(failed, 1) - 1);
    expect(sockets.opened).toHaveLength(failed + 1);
    jest.advanceTimersByTime(1);
    expect(sockets.opened).toHaveLength(failed + 2);
  }
  sockets.last.accept();
  sockets.last.say(subscribed('1-1'));
  expect(one.onStanding).toHaveBeenLastCalledWith(true);
  sockets.last.cut();
  jest.advanceTimersByTime(pauseBefore(0, 1));
  expect(sockets.opened).toHaveLength(5);
});

test('when the network is back it does not wait for the pause to end', () => {
  connected();
  sockets.last.cut();
  globalThis.dispatchEvent(new Event('online'));
  expect(sockets.opened).toHaveLength(2);
});

test('a connection without a sign of life is given up', () => {
  const { one } = connected();
  sockets.last.say(subscribed('1-1'));
  const [first] = sockets.opened;
  jest.advanceTimersByTime(25_000);
  expect(sockets.last.sent.at(-1)).toEqual({ op: 'ping' });
  sockets.last.say({ op: 'pong' });
  jest.advanceTimersByTime(25_000);
  jest.advanceTimersByTime(10_000);
  expect(one.onStanding).toHaveBeenLastCalledWith(false);
  expect(first?.isClosed).toBe(true);
  jest.advanceTimersByTime(pauseBefore(0, 1));
  expect(sockets.opened).toHaveLength(2);
});

test('when the session is over it stays away until somebody watches again', () => {
  const { connection } = connected();
  sockets.last.cut(4401);
  jest.advanceTimersByTime(600_000);
  expect(sockets.opened).toHaveLength(1);
  connection.watch('progress/2', watcher());
  expect(sockets.opened).toHaveLength(2);
});

test.each([4400, 4429])('after a close with %i it waits long', (code) => {
  connected();
  sockets.last.cut(code);
  jest.advanceTimersByTime(30_000);
  expect(sockets.opened).toHaveLength(1);
});

test('a topic that can’t be watched for the moment is asked for again, one that is refused is not', () => {
  const { one } = connected();
  sockets.last.say({ op: 'refused', topic: TOPIC, code: 'unavailable' });
  expect(one.onStanding).not.toHaveBeenCalledWith(true);
  jest.advanceTimersByTime(31_000);
  expect(sockets.last.sent.filter(({ op }) => op === 'subscribe')).toHaveLength(2);
  sockets.last.say({ op: 'refused', topic: TOPIC, code: 'progress.not-enrolled' });
  jest.advanceTimersByTime(20_000);
  sockets.last.say({ op: 'pong' });
  jest.advanceTimersByTime(11_000);
  expect(sockets.last.sent.filter(({ op }) => op === 'subscribe')).toHaveLength(2);
});

test('a topic is left with its last watcher, and the connection ends when nobody needs it', () => {
  const { connection, leave } = connected();
  const leaveToo = connection.watch(TOPIC, watcher());
  leave();
  expect(sockets.last.sent).toHaveLength(1);
  leaveToo();
  expect(sockets.last.sent.at(-1)).toEqual({ op: 'unsubscribe', topic: TOPIC });
  expect(sockets.last.isClosed).toBe(false);
  jest.advanceTimersByTime(5000);
  expect(sockets.last.isClosed).toBe(true);
});

test('a restart forgets where it was', () => {
  const { connection } = connected();
  sockets.last.say(subscribed('1-1'));
  connection.restart();
  expect(sockets.opened).toHaveLength(2);
  sockets.last.accept();
  expect(sockets.last.sent).toEqual([{ op: 'subscribe', topic: TOPIC }]);
});

test('what is no message of the protocol is passed over', () => {
  const { one } = connected();
  sockets.last.onmessage?.call(sockets.last as unknown as WebSocket, new MessageEvent('message', { data: '<html>' }));
  sockets.last.say({ op: 'later-invention', topic: TOPIC });
  sockets.last.say({ op: 'event', topic: 'another/topic', cursor: '1-1', type: 'x', data: null });
  expect(one.onEvent).not.toHaveBeenCalled();
});
