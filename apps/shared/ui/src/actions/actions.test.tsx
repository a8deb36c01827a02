import { axe, render, screen, waitFor } from '@lyceum/testing';

import { Button, DialogTrigger, IconButton, Link, Menu, MenuItem } from '..';
import { AlertDialog, Dialog, TextField, toast, Tooltip } from '..';

test('a button is pressed by pointer and by keyboard', async () => {
  const onPress = jest.fn();
  const { user, container } = await render(<Button onPress={onPress}>Publish</Button>);
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  await user.keyboard('{Enter}');
  expect(onPress).toHaveBeenCalledTimes(2);
  expect(await axe(container)).toHaveNoViolations();
});

test('a pending button keeps its focus and cannot be pressed', async () => {
  const onPress = jest.fn();
  const { user } = await render(
    <Button isPending onPress={onPress}>
      Saving
    </Button>,
  );
  await user.tab();
  const button = screen.getByRole('button', { name: /Saving/ });
  expect(button).toHaveFocus();
  await user.click(button);
  expect(onPress).not.toHaveBeenCalled();
});

test('a button of an icon has a name', async () => {
  await render(<IconButton label="More">…</IconButton>);
  expect(screen.getByRole('button', { name: 'More' })).toBeVisible();
});

test('a link changes the route without loading the page', async () => {
  const { user, address } = await render(<Link href="/courses?q=waves">Courses</Link>);
  await user.click(screen.getByRole('link', { name: 'Courses' }));
  expect(address()).toBe('/courses?q=waves');
});

test('a menu opens, is walked by arrows, and tells what was chosen', async () => {
  const onAction = jest.fn<void, [unknown]>();
  const { user } = await render(
    <Menu trigger={<Button>More</Button>} onAction={(key) => onAction(key)}>
      <MenuItem id="rename">Rename</MenuItem>
      <MenuItem id="remove">Remove</MenuItem>
    </Menu>,
  );
  await user.tab();
  await user.keyboard('{ArrowDown}');
  expect(await screen.findByRole('menuitem', { name: 'Rename' })).toHaveFocus();
  await user.keyboard('{ArrowDown}{Enter}');
  expect(onAction.mock.calls).toEqual([['remove']]);
  await waitFor(() => expect(screen.queryByRole('menu')).not.toBeInTheDocument());
});

test('a dialog keeps the focus, closes by Escape, and gives the focus back', async () => {
  const { user } = await render(
    <DialogTrigger>
      <Button>Rename</Button>
      <Dialog title="Rename the lesson">
        <TextField label="Title" />
      </Dialog>
    </DialogTrigger>,
  );
  await user.click(screen.getByRole('button', { name: 'Rename' }));
  const dialog = await screen.findByRole('dialog', { name: 'Rename the lesson' });
  expect(dialog).toContainElement(document.activeElement as HTMLElement);
  expect(await axe(dialog)).toHaveNoViolations();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Rename' })).toHaveFocus());
});

test('an alert dialog begins on what harms nobody, and acts only when told', async () => {
  const onAction = jest.fn();
  const { user } = await render(
    <AlertDialog isOpen title="Remove this lesson?" action="Remove" tone="danger" onAction={onAction}>
      It is gone then.
    </AlertDialog>,
  );
  expect(await screen.findByRole('alertdialog', { name: 'Remove this lesson?' })).toBeVisible();
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus();
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  expect(onAction).toHaveBeenCalledTimes(1);
});

test('a toast is read out, and is closed by its button', async () => {
  const { user } = await render(<Button onPress={() => toast({ tone: 'bad', title: 'It was not saved' })}>Save</Button>);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('It was not saved');
  await user.click(screen.getByRole('button', { name: 'Dismiss' }));
  await waitFor(() => expect(screen.queryByText('It was not saved')).not.toBeInTheDocument());
});

test('a tooltip describes its button on focus', async () => {
  const { user } = await render(
    <Tooltip text="Only authors see it">
      <Button>Draft</Button>
    </Tooltip>,
  );
  await user.tab();
  expect(await screen.findByRole('tooltip')).toHaveTextContent('Only authors see it');
  expect(screen.getByRole('button')).toHaveAccessibleDescription('Only authors see it');
});
