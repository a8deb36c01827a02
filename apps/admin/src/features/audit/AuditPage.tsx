import { useBrowseAuditEntriesInfiniteQuery, useVerifyAuditLogQuery, type AuditEntryView } from '@lyceum/api-client/auth';
import { useGetProfileQuery } from '@lyceum/api-client/identity';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Button, Cell, ClearFilters, Column, ErrorState, Link, List, Loading, Notice, PageBody, PageHeader, Row, Skeleton, Table, TableBody, TableHeader,
} from '@lyceum/ui';
import { ScrollText } from 'lucide-react';

import { FilterText, TimeRange, useUrlFilter } from '../filters';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ACTION = /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$/;
const NAMES = ['actor', 'action', 'since', 'until'] as const;

/** What was done on the platform, by whom, and whether the record is sound. */
export function AuditPage() {
  const { t } = useTranslation('audit');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <Verification />
      <Filters />
      <Entries />
    </PageBody>
  );
}

function Verification() {
  const { t } = useTranslation('audit');
  const format = useFormatting();
  const { currentData, error, isFetching, refetch } = useVerifyAuditLogQuery();
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading>
        <Skeleton className="h-20" />
      </Loading>
    );
  }
  const { sound, entries, first_bad: first } = currentData;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="grow">
        {sound ? (
          <Notice tone="ok" title={t('verified', { entries: format.number(entries) })} />
        ) : (
          <Notice tone="bad" title={t('tampered', { first: first ?? entries })}>
            <p>{t('tampered-detail')}</p>
          </Notice>
        )}
      </div>
      <Button isPending={isFetching} onPress={() => void refetch()}>
        {t('verify')}
      </Button>
    </div>
  );
}

function Filters() {
  const { t } = useTranslation('audit');
  const { values, change, clear, isNarrowed } = useUrlFilter(NAMES);
  return (
    <div role="search" className="my-6 flex flex-wrap items-end gap-3">
      <FilterText label={t('actor')} value={values.actor} onApply={(actor) => change('actor', actor)} pattern={ID} whenWrong={t('actor-invalid')} className="w-full grow sm:w-64" />
      <FilterText label={t('action')} value={values.action} onApply={(action) => change('action', action)} pattern={ACTION} whenWrong={t('action-invalid')} className="w-full grow sm:w-40" />
      <TimeRange since={values.since} until={values.until} onChange={change} />
      {isNarrowed && <ClearFilters onPress={clear} />}
    </div>
  );
}

function Entries() {
  const { t } = useTranslation('audit');
  const { asked, isNarrowed, clear } = useUrlFilter(NAMES);
  return (
    <List
      query={useBrowseAuditEntriesInfiniteQuery(asked)}
      skeleton={{ of: 'table', rows: 8, row: 'h-17' }}
      empty={{ icon: <ScrollText size={32} strokeWidth={1.5} aria-hidden />, title: t('none'), detail: t('none-detail') }}
      onClear={isNarrowed && clear}
    >
      {(entries) => <EntryTable entries={entries} />}
    </List>
  );
}

function EntryTable({ entries }: { entries: AuditEntryView[] }) {
  const { t } = useTranslation('audit');
  const format = useFormatting();
  const { narrowed } = useUrlFilter(NAMES);
  return (
    <Table label={t('table.label')} isWide>
      <TableHeader>
        <Column>{t('table.when')}</Column>
        <Column isRowHeader>{t('table.action')}</Column>
        <Column>{t('table.actor')}</Column>
        <Column>{t('table.target')}</Column>
        <Column>{t('table.details')}</Column>
      </TableHeader>
      <TableBody>
        {entries.map((entry) => (
          <Row key={entry.sequence} id={entry.sequence}>
            <Cell>
              <span className="whitespace-nowrap">{format.dateTime(entry.recorded_at)}</span>
            </Cell>
            <Cell>
              <Link href={`/audit?${narrowed('action', entry.action)}`} aria-label={`${entry.action}: ${t('only-action')}`} className="inline-flex min-h-11 items-center">
                <code dir="ltr" className="font-mono text-sm">{entry.action}</code>
              </Link>
            </Cell>
            <Cell>
              <Actor id={entry.actor} />
            </Cell>
            <Cell>
              <Target target={entry.target} />
            </Cell>
            <Cell>
              <Details details={entry.details} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}

function Actor({ id }: { id: string | null }) {
  const { t } = useTranslation('audit');
  const { narrowed } = useUrlFilter(NAMES);
  const { currentData } = useGetProfileQuery({ userId: id ?? '' }, { skip: id === null });
  if (id === null) return <span className="text-ink-2">{t('platform')}</span>;
  return (
    <Link href={`/audit?${narrowed('actor', id)}`} aria-label={`${currentData?.display_name ?? shortId(id)}: ${t('only')}`} className="whitespace-nowrap">
      <bdi>{currentData?.display_name ?? shortId(id)}</bdi>
    </Link>
  );
}

function Target({ target }: { target: string }) {
  const [kind = '', id = ''] = target.split(':', 2);
  if (kind === 'user') {
    return (
      <Link href={`/people/${id}`} className="whitespace-nowrap">
        <bdi dir="ltr">{`${kind} ${shortId(id)}`}</bdi>
      </Link>
    );
  }
  return (
    <span dir="ltr" className="whitespace-nowrap">
      {id === '' ? target : `${kind} ${shortId(id)}`}
    </span>
  );
}

function Details({ details }: { details: AuditEntryView['details'] }) {
  const known = Object.entries(details).filter(([, value]) => value !== null);
  return (
    <dl dir="ltr" className="flex min-w-48 flex-wrap stacked:min-w-0 gap-x-3 text-sm">
      {known.map(([name, value]) => (
        <div key={name} className="flex gap-1">
          <dt className="text-ink-2">{name}</dt>
          <dd className="break-all">{Array.isArray(value) ? value.join(', ') : String(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The end of an id: its beginning is a time, and much the same for neighbours. */
function shortId(id: string): string {
  return ID.test(id) ? `…${id.slice(-8)}` : id;
}
