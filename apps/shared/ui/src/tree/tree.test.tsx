import { axe, render, screen } from '@lyceum/testing';
import { useState } from 'react';

import { Tool, Toolbar, ToolSeparator } from '../toolbar';
import { OutsideLink } from '../actions/OutsideLink';
import { Tree, TreeItem } from '.';

interface Thing {
  id: string;
  inside: Thing[];
}

const things: Thing[] = [{ id: 'Light', inside: [{ id: 'Rays', inside: [] }] }, { id: 'Colour', inside: [] }];

function Outline() {
  const [selected, setSelected] = useState<string | null>(null);
  const [expanded, setExpanded] = useState<Set<string | number>>(new Set());
  const item = ({ id, inside }: Thing) => (
    <TreeItem key={id} id={id} textValue={id} icon={null} title={id} items={inside}>
      {item}
    </TreeItem>
  );
  return (
    <>
      <Tree label="Outline" items={things} selected={selected} onSelect={(key) => setSelected(String(key))} expanded={expanded} onExpandedChange={setExpanded}>
        {item}
      </Tree>
      <p>Chosen: {selected}</p>
    </>
  );
}

test('a tree opens and is chosen from by keyboard', async () => {
  const { user, container } = await render(<Outline />);
  expect(screen.queryByText('Rays')).not.toBeInTheDocument();
  await user.tab();
  await user.keyboard('{ArrowRight}{ArrowDown}{Enter}');
  expect(screen.getByText('Chosen: Rays')).toBeVisible();
  expect(screen.getByRole('row', { name: 'Rays' })).toHaveAttribute('aria-level', '2');
  expect(await axe(container)).toHaveNoViolations();
});

test('a toolbar is one stop of Tab, and its tools say whether they are on', async () => {
  const change = jest.fn();
  const { user } = await render(
    <Toolbar label="Format">
      <Tool label="Bold" isSelected onChange={change}>
        B
      </Tool>
      <ToolSeparator />
      <Tool label="Italic" isSelected={false} onChange={change}>
        I
      </Tool>
    </Toolbar>,
  );
  expect(screen.getByRole('button', { name: 'Bold' })).toHaveAttribute('aria-pressed', 'true');
  await user.tab();
  await user.keyboard('{ArrowRight}{Enter}');
  expect(change).toHaveBeenCalledTimes(1);
  expect(screen.getByRole('button', { name: 'Italic' })).toHaveFocus();
});

test('a link out of the app opens in a tab of its own and tells nothing of where it came from', async () => {
  await render(<OutsideLink href="/learn/one">Read</OutsideLink>);
  const link = screen.getByRole('link', { name: 'Read' });
  expect(link).toHaveAttribute('href', '/learn/one');
  expect(link).toHaveAttribute('target', '_blank');
  expect(link).toHaveAttribute('rel', 'noreferrer');
});
