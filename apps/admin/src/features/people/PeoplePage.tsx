import { allItems } from '@lyceum/api-client';
import { useBrowseUsersInfiniteQuery, type Account, type UserFilter } from '@lyceum/api-client/identity';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Button, Cell, Column, EmptyState, ErrorState, Link, Loading, LoadMore, PageBody, PageHeader, Row, SearchField, Skeleton,
  Table, TableBody, TableHeader,
} from '@lyceum/ui';
import { Users } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';

import { StatusBadge } from './StatusBadge';

// Lists that open are heavy, and nothing else of this page needs them.
const StatusFilter = lazy(async () => ({ default: (await import('./StatusFilter')).StatusFilter }));

// Milliseconds without a key until the list follows.
const PAUSE = 250;
const ROWS = 8;

/** Everybody with an account. What the list is narrowed to stands in the address. */
export function PeoplePage() {
  const { t } = useTranslation('people');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Filters />
      <People />
    </PageBody>
  );
}

function useFilter() {
  const [params, setParams] = useSearchParams();
  const status = params.get('status');
  const filter: UserFilter = {
    ...(params.get('q') ? { q: params.get('q') } : {}),
    ...(status === 'active' || status === 'deactivated' ? { status } : {}),
  };
  const change = (name: 'q' | 'status', value: string) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      if (value === '') after.delete(name);
      else after.set(name, value);
      return after;
    }, { replace: true });
  return { filter, change, clear: () => setParams({}, { replace: true }) };
}

function Filters() {
  const { t } = useTranslation('people');
  const { filter, change } = useFilter();
  const asked = filter.q ?? '';
  const [text, setText] = useState(asked);
  // What was seen of the address, and what this field put there. The address follows with a delay, so what has been typed
  // since stays; only a change from elsewhere, back or cleared filters, is taken over.
  const [seen, setSeen] = useState(asked);
  const [sent, setSent] = useState(asked);
  if (seen !== asked) {
    setSeen(asked);
    if (sent !== asked) {
      setSent(asked);
      setText(asked);
    }
  }
  useEffect(() => {
    if (text.trim() === sent) return undefined;
    const timer = setTimeout(() => {
      setSent(text.trim());
      change('q', text.trim());
    }, PAUSE);
    return () => clearTimeout(timer);
  });
  return (
    <div role="search" className="mb-6 flex flex-wrap gap-3">
      <SearchField label={t('search')} placeholder={t('search')} value={text} onChange={setText} className="min-w-60 grow" />
      <Suspense fallback={<Skeleton className="h-11 w-44" />}>
        <StatusFilter value={filter.status ?? ''} onChange={(status) => change('status', status)} />
      </Suspense>
    </div>
  );
}

function People() {
  const { t } = useTranslation('people');
  const { filter, clear } = useFilter();
  const { currentData, error, isFetching, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBrowseUsersInfiniteQuery(filter);
  const people = allItems(currentData);
  if (error && people.length === 0) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className="flex flex-col gap-px overflow-hidden rounded-lg">
        {Array.from({ length: ROWS }, (_, index) => (
          <Skeleton key={index} className="h-14 rounded-none" />
        ))}
      </Loading>
    );
  }
  if (people.length === 0) {
    return (
      <EmptyState icon={<Users size={32} strokeWidth={1.5} aria-hidden />} title={t('none')} action={<Button onPress={clear}>{t('clear')}</Button>}>
        {t('none-detail')}
      </EmptyState>
    );
  }
  return (
    <>
      <PeopleTable people={people} />
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}

function PeopleTable({ people }: { people: Account[] }) {
  const { t } = useTranslation('people');
  const format = useFormatting();
  return (
    <Table label={t('table.label')}>
      <TableHeader>
        <Column isRowHeader>{t('table.name')}</Column>
        <Column>{t('table.email')}</Column>
        <Column>{t('table.status')}</Column>
        <Column>{t('table.since')}</Column>
      </TableHeader>
      <TableBody>
        {people.map((person) => (
          <Row key={person.id} id={person.id}>
            <Cell>
              <Link href={`/people/${person.id}`} className="inline-flex min-h-11 items-center font-medium">
                <bdi>{person.display_name}</bdi>
              </Link>
            </Cell>
            <Cell>{person.email}</Cell>
            <Cell>
              <StatusBadge status={person.status} />
            </Cell>
            <Cell>{format.date(person.created_at)}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
