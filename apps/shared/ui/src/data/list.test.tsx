import { axe, render, screen, waitFor } from '@lyceum/testing';

import { List, type ListProps, type ListQuery } from './List';

const quiet: ListQuery<string> = {
  currentData: undefined, isFetching: false, isFetchingNextPage: false, isFetchNextPageError: false, hasNextPage: false, refetch: jest.fn(), fetchNextPage: jest.fn(),
};
const busy = { status: 503, title: 'Searching is not possible', detail: 'The service is busy.' };

function Planets({ query, ...rest }: { query: Partial<ListQuery<string>> } & Partial<Pick<ListProps<string>, 'onClear' | 'skeleton'>>) {
  return (
    <List query={{ ...quiet, ...query }} skeleton={{ of: 'table', rows: 3, row: 'h-14' }} empty={{ icon: <svg aria-hidden />, title: 'No planet', detail: 'Look again at night.' }} {...rest}>
      {(planets) => (
        <ul>
          {planets.map((planet) => (
            <li key={planet}>{planet}</li>
          ))}
        </ul>
      )}
    </List>
  );
}

test('a list on its way keeps the place of a table with its head, or of cards', async () => {
  const { container } = await render(
    <>
      <Planets query={{ isFetching: true }} />
      <Planets query={{ isFetching: true }} skeleton={{ of: 'cards', rows: 2, row: 'h-28' }} />
    </>,
  );
  const [table, cards] = screen.getAllByRole('status');
  expect(table).toHaveTextContent('Loading…');
  expect(table?.querySelectorAll('[aria-hidden]')).toHaveLength(4);
  expect(table?.querySelectorAll('.h-14')).toHaveLength(3);
  expect(cards?.querySelectorAll('.h-28')).toHaveLength(2);
  expect(await axe(container)).toHaveNoViolations();
});

test('a list that was refused says why, and is asked for again', async () => {
  const refetch = jest.fn();
  const { user, container } = await render(<Planets query={{ error: busy, refetch }} />);
  expect(screen.getByRole('alert')).toHaveTextContent('Searching is not possible');
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(refetch).toHaveBeenCalledTimes(1);
});

test('a list with nothing in it says so', async () => {
  const { container } = await render(<Planets query={{ currentData: { pages: [{ items: [] }] } }} />);
  expect(screen.getByText('No planet')).toBeVisible();
  expect(screen.getByText('Look again at night.')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
  expect(await axe(container)).toHaveNoViolations();
});

test('a list in which nothing fits the filters can be had without them', async () => {
  const onClear = jest.fn();
  const { user, container } = await render(<Planets query={{ currentData: { pages: [{ items: [] }] } }} onClear={onClear} />);
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Clear the filters' }));
  expect(onClear).toHaveBeenCalledTimes(1);
});

test('a list shows all pages that have come, and gets the next', async () => {
  const fetchNextPage = jest.fn();
  const { user, container } = await render(<Planets query={{ currentData: { pages: [{ items: ['Mercury', 'Venus'] }, { items: ['Earth'] }] }, hasNextPage: true, fetchNextPage }} />);
  expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual(['Mercury', 'Venus', 'Earth']);
  expect(await axe(container)).toHaveNoViolations();
  await user.click(screen.getByRole('button', { name: 'Show more' }));
  expect(fetchNextPage).toHaveBeenCalledTimes(1);
});

test('what has come stays where the next page fails, or a look at what is new', async () => {
  const fetchNextPage = jest.fn();
  const come = { pages: [{ items: ['Mercury'] }] };
  const { user } = await render(
    <>
      <Planets query={{ currentData: come, error: busy }} />
      <Planets query={{ currentData: come, error: busy, isFetchNextPageError: true, hasNextPage: true, fetchNextPage }} />
    </>,
  );
  expect(screen.getAllByText('Mercury')).toHaveLength(2);
  expect(screen.getByRole('alert')).toHaveTextContent('The service is busy.');
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(fetchNextPage).toHaveBeenCalledTimes(1));
});
