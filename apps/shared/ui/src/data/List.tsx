import { useTranslation } from '@lyceum/i18n';
import type { ReactNode } from 'react';

import { Button } from '../actions/Button';
import { classes } from '../classes';
import { LoadMore } from '../navigation/LoadMore';
import { EmptyState } from '../states/EmptyState';
import { ErrorState } from '../states/ErrorState';
import { Loading, Skeleton } from '../states/Skeleton';

/** What a list needs of the answer of an infinite query's hook. */
export interface ListQuery<Item> {
  currentData?: { pages: readonly { items: readonly Item[] }[] } | undefined;
  error?: unknown;
  isFetching: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  hasNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

export interface ListProps<Item> {
  query: ListQuery<Item>;
  /** What keeps the place of the first page: how many there are mostly, the height of one, and whether they are rows of a table or cards. */
  skeleton: { rows: number; row: string; of: 'table' | 'cards' };
  /** Where there is nothing. Size of the icon 32, stroke 1.5. */
  empty: { icon: ReactNode; title: string; detail: string };
  /** Given while filters leave something out: where nothing is left, it is the way on. */
  onClear?: (() => void) | false;
  /** Shows what has come so far. */
  children: (items: Item[]) => ReactNode;
}

/** A list that grows page by page, in each of its states: on its way, refused, empty, there. */
export function List<Item>({ query, skeleton, empty, onClear = false, children }: ListProps<Item>) {
  const { currentData, error, isFetching, isFetchingNextPage, isFetchNextPageError, hasNextPage } = query;
  const items = currentData?.pages.flatMap((page) => page.items) ?? [];
  if (error && items.length === 0) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void query.refetch()} />;
  if (!currentData) return <Place {...skeleton} />;
  return (
    <>
      {items.length > 0 ? (
        children(items)
      ) : (
        <EmptyState icon={empty.icon} title={empty.title} action={onClear !== false && <ClearFilters onPress={onClear} />}>
          {empty.detail}
        </EmptyState>
      )}
      {isFetchNextPageError ? (
        <div className="pt-6">
          <ErrorState error={error} onRetry={() => void query.fetchNextPage()} />
        </div>
      ) : (
        <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void query.fetchNextPage()} />
      )}
    </>
  );
}

/** The way back to everything. */
export function ClearFilters({ onPress }: { onPress: () => void }) {
  const { t } = useTranslation('ui');
  return <Button onPress={onPress}>{t('list.clear')}</Button>;
}

function Place({ rows, row, of }: ListProps<unknown>['skeleton']) {
  const isTable = of === 'table';
  return (
    <Loading className={classes('flex flex-col', isTable ? 'gap-px overflow-hidden rounded-lg' : 'gap-3')}>
      {isTable && <Skeleton className="h-11 rounded-none" />}
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className={classes(row, isTable ? 'rounded-none' : 'rounded-lg')} />
      ))}
    </Loading>
  );
}
