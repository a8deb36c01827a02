import { act, axe, render, screen } from '@lyceum/testing';
import { StrictMode, useState } from 'react';

import { AllAtOnce, useComing, useIsShown } from '.';

function Part({ name }: { name: string }) {
  const [isThere, setThere] = useState(false);
  return (
    <>
      {isThere ? <p>{name}</p> : <Place />}
      <button type="button" data-testid={name} onClick={() => setThere(!isThere)}>
        {name} comes or goes
      </button>
    </>
  );
}

function Place() {
  useComing();
  return <p>…</p>;
}

function Seen() {
  return <p>{useIsShown() ? 'seen' : 'hidden'}</p>;
}

test('nothing is shown before all has come, and all of it then', async () => {
  const { user, container } = await render(
    <StrictMode>
      <AllAtOnce>
        <p>Above</p>
        <Part name="One" />
        <Part name="Two" />
        <Seen />
      </AllAtOnce>
    </StrictMode>,
  );
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  expect(screen.getByText('Above').parentElement).toHaveClass('invisible');
  expect(screen.getByText('hidden')).toBeInTheDocument();
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByTestId('One'));
  expect(screen.getByText('hidden')).toBeInTheDocument();
  await user.click(screen.getByTestId('Two'));
  expect(screen.queryByRole('status')).not.toBeInTheDocument();
  expect(screen.getByText('Above').parentElement).not.toHaveClass('invisible');
  expect(screen.getByText('seen')).toBeVisible();
});

test('what goes away for a while later hides nothing else', async () => {
  const { user } = await render(
    <AllAtOnce>
      <Part name="One" />
      <Seen />
    </AllAtOnce>,
  );
  await user.click(screen.getByTestId('One'));
  await user.click(screen.getByTestId('One'));
  expect(screen.getByText('…')).toBeVisible();
  expect(screen.getByText('seen')).toBeVisible();
});

test('one that hangs does not hide the others for good', async () => {
  jest.useFakeTimers({ advanceTimers: true });
  await render(
    <AllAtOnce>
      <Place />
      <Seen />
    </AllAtOnce>,
  );
  expect(screen.getByText('hidden')).toBeInTheDocument();
  act(() => jest.advanceTimersByTime(10_000));
  expect(screen.getByText('seen')).toBeVisible();
  expect(screen.getByText('…')).toBeVisible();
  jest.useRealTimers();
});

test('where nothing is on its way, it is there at once', async () => {
  await render(
    <AllAtOnce>
      <p>Text</p>
    </AllAtOnce>,
  );
  expect(screen.getByText('Text')).toBeVisible();
});

test('outside of one everything is seen', async () => {
  await render(
    <>
      <Place />
      <Seen />
    </>,
  );
  expect(screen.getByText('seen')).toBeVisible();
});
