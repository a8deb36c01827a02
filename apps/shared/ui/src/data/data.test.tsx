import { axe, render, screen, waitFor, within } from '@lyceum/testing';

import {
  Avatar, Badge, Breadcrumbs, Cell, Column, Cover, Disclosure, DisclosureGroup, EmptyState, ErrorState, LoadMore, Loading, Notice, Pagination, ProgressBar,
  ProgressRing, RichText, Row, Skeleton, Tab, Table, TableBody, TableHeader, TabList, TabPanel, Tabs,
} from '..';

test('a table tells by which column it is to be sorted', async () => {
  const onSortChange = jest.fn();
  const { user, container } = await render(
    <Table label="Learners" onSortChange={onSortChange}>
      <TableHeader>
        <Column id="name" isRowHeader allowsSorting>
          Name
        </Column>
        <Column id="state">State</Column>
      </TableHeader>
      <TableBody>
        <Row id="1">
          <Cell>Ada</Cell>
          <Cell>
            <Badge tone="ok">done</Badge>
          </Cell>
        </Row>
      </TableBody>
    </Table>,
  );
  await user.click(screen.getByRole('columnheader', { name: 'Name' }));
  expect(onSortChange).toHaveBeenCalledWith({ column: 'name', direction: 'ascending' });
  expect(within(screen.getByRole('grid', { name: 'Learners' })).getByRole('rowheader')).toHaveTextContent('Ada');
  expect(screen.getByText('done').closest('[data-column]')).toHaveAttribute('data-column', 'State');
  expect(await axe(container)).toHaveNoViolations();
});

test('progress is said in numbers, and never rounded up', async () => {
  const { container } = await render(
    <>
      <ProgressBar label="Course" value={99.9} />
      <ProgressRing label="Section" value={25} />
      <ProgressBar label="Upload" value={null} />
    </>,
  );
  expect(screen.getByRole('progressbar', { name: 'Course' })).toHaveAttribute('aria-valuetext', '99%');
  expect(screen.getByRole('progressbar', { name: 'Section' })).toHaveAttribute('aria-valuenow', '25');
  expect(screen.getByRole('progressbar', { name: 'Upload' })).not.toHaveAttribute('aria-valuenow');
  expect(await axe(container)).toHaveNoViolations();
});

test('an avatar has the initials, also of names that are not Latin', async () => {
  const { container } = await render(
    <>
      <Avatar name="Ada King Lovelace" />
      <Avatar name="李" />
      <Avatar name="" />
    </>,
  );
  expect([...container.querySelectorAll('[data-initials]')].map((one) => one.getAttribute('data-initials'))).toEqual(['AL', '李', '']);
});

test('a cover without a picture is drawn, always the same for the same course', async () => {
  const { container } = await render(
    <>
      <Cover image={null} seed="a" />
      <Cover image={null} seed="a" />
      <Cover image={null} seed="b" />
      <Cover image="/files/cover.png" seed="a" />
    </>,
  );
  const [first, same, other] = [...container.querySelectorAll('svg')].map((drawing) => drawing.innerHTML);
  expect(first).toBe(same);
  expect(first).not.toBe(other);
  expect(container.querySelector('img')).toHaveAttribute('src', '/files/cover.png');
});

test('tabs show one part, chosen by arrows', async () => {
  const { user, container } = await render(
    <Tabs>
      <TabList label="Parts">
        <Tab id="outline">Outline</Tab>
        <Tab id="people">People</Tab>
      </TabList>
      <TabPanel id="outline">Six sections</TabPanel>
      <TabPanel id="people">Three learners</TabPanel>
    </Tabs>,
  );
  await user.click(screen.getByRole('tab', { name: 'Outline' }));
  await user.keyboard('{ArrowRight}');
  expect(screen.getByRole('tabpanel', { name: 'People' })).toHaveTextContent('Three learners');
  expect(await axe(container)).toHaveNoViolations();
});

test('breadcrumbs lead up, and name the page that is open', async () => {
  const { container } = await render(<Breadcrumbs crumbs={[{ href: '/courses', title: 'Courses' }, { href: null, title: 'Waves' }]} />);
  expect(screen.getByRole('link', { name: 'Courses' })).toHaveAttribute('href', '/courses');
  expect(screen.getByText('Waves').closest('[aria-current]')).toHaveAttribute('aria-current', 'page');
  expect(await axe(container)).toHaveNoViolations();
});

test('a disclosure opens and closes', async () => {
  const { user, container } = await render(
    <DisclosureGroup>
      <Disclosure id="waves" title="Waves">
        Ripples
      </Disclosure>
    </DisclosureGroup>,
  );
  const button = screen.getByRole('button', { name: 'Waves' });
  expect(button).toHaveAttribute('aria-expanded', 'false');
  await user.click(button);
  await waitFor(() => expect(button).toHaveAttribute('aria-expanded', 'true'));
  expect(await axe(container)).toHaveNoViolations();
});

test('there is a way to more only where there is more', async () => {
  const onLoad = jest.fn();
  const { user } = await render(
    <>
      <LoadMore hasMore={false} isLoading={false} onLoad={onLoad} />
      <LoadMore hasMore isLoading={false} onLoad={onLoad} />
    </>,
  );
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(onLoad).toHaveBeenCalledTimes(1);
});

test('pages go forth, and not back from the first', async () => {
  const onNext = jest.fn();
  const { user } = await render(<Pagination hasPrevious={false} hasNext onPrevious={() => undefined} onNext={onNext} summary="1–25 of 120" />);
  expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled();
  await user.click(screen.getByRole('button', { name: 'Next page' }));
  expect(onNext).toHaveBeenCalledTimes(1);
});

test('an error shows the problem, and only of a problem', async () => {
  const onRetry = jest.fn();
  const { user, rerender, container } = await render(<ErrorState error={{ status: 409, title: 'Changed meanwhile', detail: 'Load it again.' }} onRetry={onRetry} />);
  expect(screen.getByRole('alert')).toHaveTextContent(/Changed meanwhile.*Load it again\./);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(onRetry).toHaveBeenCalledTimes(1);
  expect(await axe(container)).toHaveNoViolations();
  rerender(<div />);
  await render(<ErrorState error={null} />);
  expect(screen.getByRole('alert')).toHaveTextContent('This could not be loaded');
});

test('what is empty, loading or noteworthy says so', async () => {
  const { container } = await render(
    <>
      <EmptyState title="No courses yet" action={<a href="/">Find one</a>}>
        They show here.
      </EmptyState>
      <Loading>
        <Skeleton className="h-4" />
      </Loading>
      <Notice tone="bad" title="Not published">
        Two links lead nowhere.
      </Notice>
    </>,
  );
  expect(screen.getByRole('status')).toHaveTextContent('Loading…');
  expect(screen.getByRole('alert')).toHaveTextContent('Not published');
  expect(await axe(container)).toHaveNoViolations();
});

test('what authors wrote runs in its own direction', async () => {
  await render(<RichText html="<p>موجة</p>" />);
  expect(screen.getByText('موجة').parentElement).toHaveAttribute('dir', 'auto');
});
