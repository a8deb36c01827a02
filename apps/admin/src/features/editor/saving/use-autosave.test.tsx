import { act, render, screen } from '@lyceum/testing';

import { useAutosave } from './use-autosave';

const later = (milliseconds: number) => act(() => jest.advanceTimersByTimeAsync(milliseconds));
const conflict = { status: 409, code: 'course.draft-conflict', title: '', detail: '', errors: [], retryAfter: null };
const failure = { status: 0, code: 'network', title: '', detail: '', errors: [], retryAfter: null };

function Field({ save, stored = 'stored' }: { save: (value: string, version: number) => Promise<number>; stored?: string }) {
  const { value, state, change, retry, takeMine, takeTheirs, copies } = useAutosave({ name: 'one', stored, version: 3, save });
  return (
    <>
      <p>{`${state}: ${value}`}</p>
      <p>{copies.offered ? `offered ${copies.offered.value}` : 'nothing offered'}</p>
      <button onClick={() => change(`${value}!`)}>write</button>
      <button onClick={retry}>retry</button>
      <button onClick={() => takeMine('theirs', 7)}>mine</button>
      <button onClick={() => takeTheirs('theirs', 7)}>theirs</button>
      <button onClick={copies.throwAway}>throw away</button>
    </>
  );
}

const press = (name: string) => act(() => screen.getByRole('button', { name }).click());
const save = jest.fn<Promise<number>, [string, number]>();
// What is around it comes in its own time; only then is time ours.
const show = async (stored?: string) => {
  jest.useRealTimers();
  const shown = await render(<Field save={save} {...(stored === undefined ? {} : { stored })} />);
  jest.useFakeTimers();
  return shown;
};

beforeEach(() => {
  save.mockReset().mockImplementation((_value, version) => Promise.resolve(version + 1));
});
afterEach(() => jest.useRealTimers());

test('what is written is sent once, a moment after the last change, on top of the last version', async () => {
  await show();
  press('write');
  await later(1000);
  press('write');
  expect(screen.getByText('waiting: stored!!')).toBeVisible();
  await later(1300);
  expect(screen.getByText('saved: stored!!')).toBeVisible();
  press('write');
  await later(1300);
  expect(save.mock.calls).toEqual([['stored!!', 3], ['stored!!!', 4]]);
});

test('what could not be sent stays on this device and is offered at the next visit, until it is thrown away', async () => {
  save.mockRejectedValue(failure);
  const { unmount } = await show();
  press('write');
  await later(1300);
  expect(screen.getByText('failed: stored!')).toBeVisible();
  unmount();
  const second = await show();
  expect(screen.getByText('offered stored!')).toBeVisible();
  second.unmount();
  const third = await show();
  expect(screen.getByText('offered stored!')).toBeVisible();
  press('throw away');
  third.unmount();
  await show();
  expect(screen.getByText('nothing offered')).toBeVisible();
});

test('a copy that the server has is not offered', async () => {
  const { unmount } = await show();
  press('write');
  unmount();
  await show('stored!');
  expect(screen.getByText('nothing offered')).toBeVisible();
});

test('leaving sends what waits', async () => {
  const { unmount } = await show();
  press('write');
  unmount();
  expect(save.mock.calls).toEqual([['stored!', 3]]);
});

test('a failure is tried again on demand, and when the network is back', async () => {
  save.mockRejectedValueOnce(failure).mockRejectedValueOnce(failure);
  await show();
  press('write');
  await later(1300);
  press('retry');
  await later(0);
  expect(screen.getByText('failed: stored!')).toBeVisible();
  act(() => void globalThis.dispatchEvent(new Event('online')));
  await later(0);
  expect(screen.getByText('saved: stored!')).toBeVisible();
});

test('of two versions one is chosen and the other is kept', async () => {
  save.mockRejectedValueOnce(conflict);
  await show();
  press('write');
  await later(1300);
  expect(screen.getByText('conflict: stored!')).toBeVisible();
  press('mine');
  await later(0);
  expect(save).toHaveBeenLastCalledWith('stored!', 7);
  expect(screen.getByText('saved: stored!')).toBeVisible();
  expect(screen.getByText('offered theirs')).toBeVisible();
});

test('going on with the other version keeps the own one', async () => {
  save.mockRejectedValueOnce(conflict);
  await show();
  press('write');
  await later(1300);
  press('theirs');
  await later(5000);
  expect(screen.getByText('saved: theirs')).toBeVisible();
  expect(screen.getByText('offered stored!')).toBeVisible();
  expect(save).toHaveBeenCalledTimes(1);
});

test('nothing is sent while two versions wait for a decision', async () => {
  save.mockRejectedValueOnce(conflict);
  await show();
  press('write');
  await later(1300);
  press('write');
  await later(5000);
  expect(save).toHaveBeenCalledTimes(1);
});
