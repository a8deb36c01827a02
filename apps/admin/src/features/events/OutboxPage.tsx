import { useBrowseOutboxInfiniteQuery, type OutboxEvent } from '@lyceum/api-client/platform';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Badge, Breadcrumbs, Cell, Column, EmptyState, List, PageBody, PageHeader, Row, Switch, Table, TableBody, TableHeader,
} from '@lyceum/ui';
import { Inbox } from 'lucide-react';

import { FilterText, TimeRange, useUrlFilter } from '../filters';
import { EVENT_TYPE } from './event-type';
import { ModuleChoice } from './ModuleChoice';

const NAMES = ['module', 'type', 'since', 'until', 'waiting'] as const;

/** The events that a module recorded, in its order. */
export function OutboxPage() {
  const { t } = useTranslation('events');
  const { values, change } = useUrlFilter(NAMES);
  return (
    <PageBody>
      <PageHeader
        above={<Breadcrumbs crumbs={[{ href: '/events', title: t('title') }, { href: null, title: t('outbox.title') }]} />}
        title={t('outbox.title')}
        lead={t('outbox.lead')}
      />
      <div role="search" className="mb-6 flex flex-wrap items-end gap-3">
        <ModuleChoice value={values.module} onChange={(module) => change('module', module)} />
        <FilterText label={t('filters.type')} value={values.type} onApply={(type) => change('type', type)} pattern={EVENT_TYPE} whenWrong={t('filters.type-wrong')} className="w-full grow sm:w-64" />
        <TimeRange since={values.since} until={values.until} onChange={change} />
        <div className="flex min-h-11 items-center">
          <Switch isSelected={values.waiting === 'true'} onChange={(isOn) => change('waiting', isOn ? 'true' : '')}>
            {t('outbox.waiting-only')}
          </Switch>
        </div>
      </div>
      {values.module === '' ? (
        <EmptyState icon={<Inbox size={32} strokeWidth={1.5} aria-hidden />} title={t('outbox.choose')}>
          {t('outbox.choose-detail')}
        </EmptyState>
      ) : (
        <Events />
      )}
    </PageBody>
  );
}

function Events() {
  const { t } = useTranslation('events');
  const { values, asked } = useUrlFilter(NAMES);
  const { waiting, ...rest } = asked;
  const query = useBrowseOutboxInfiniteQuery({ ...rest, module: values.module, ...(waiting === 'true' ? { waiting: true } : {}) });
  const isElsewhere = (query.currentData?.pages[0]?.elsewhere ?? []).length > 0;
  return (
    <List
      query={query}
      skeleton={{ of: 'table', rows: 8, row: 'h-12' }}
      empty={{
        icon: <Inbox size={32} strokeWidth={1.5} aria-hidden />,
        title: t(isElsewhere ? 'modules.elsewhere' : 'outbox.none'),
        detail: t(isElsewhere ? 'modules.elsewhere-detail' : 'outbox.none-detail'),
      }}
    >
      {(events) => <EventTable events={events} />}
    </List>
  );
}

function EventTable({ events }: { events: OutboxEvent[] }) {
  const { t } = useTranslation('events');
  const format = useFormatting();
  return (
    <Table label={t('outbox.title')} isWide>
      <TableHeader>
        <Column align="end">{t('outbox.position')}</Column>
        <Column isRowHeader>{t('dead.type')}</Column>
        <Column>{t('letter.happened')}</Column>
        <Column>{t('letter.subject')}</Column>
        <Column>{t('outbox.state')}</Column>
      </TableHeader>
      <TableBody>
        {events.map((event) => (
          <Row key={event.position} id={event.position}>
            <Cell align="end">{format.number(event.position)}</Cell>
            <Cell>
              <code dir="ltr" className="font-mono text-sm">{event.type}</code>
            </Cell>
            <Cell>
              <span className="whitespace-nowrap">{format.dateTime(event.time)}</span>
            </Cell>
            <Cell>
              <code dir="ltr" className="font-mono text-sm">{event.subject}</code>
            </Cell>
            <Cell>{event.published_at === null ? <Badge tone="warn">{t('outbox.waits')}</Badge> : <Badge tone="ok">{t('outbox.handed-on')}</Badge>}</Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
