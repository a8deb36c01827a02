import { useBrowseDeadLettersInfiniteQuery, type DeadLetter } from '@lyceum/api-client/platform';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Cell, ClearFilters, Column, Link, List, Notice, Row, Table, TableBody, TableHeader,
} from '@lyceum/ui';
import { MailCheck } from 'lucide-react';
import { lazy, Suspense } from 'react';

import { FilterText, TimeRange, useUrlFilter } from '../filters';
import { usePermissions } from '../session';
import { EVENT_TYPE } from './event-type';
import { ModuleChoice } from './ModuleChoice';

// Only those who may replay need it.
const Replay = lazy(async () => ({ default: (await import('./Replay')).Replay }));

const NAMES = ['module', 'type', 'since', 'until'] as const;

/** What modules could not handle, narrowed by what stands in the address. */
export function DeadLetters() {
  const { t } = useTranslation('events');
  const { may } = usePermissions();
  const { asked } = useUrlFilter(NAMES);
  return (
    <section aria-labelledby="dead-letters">
      <div className="mb-4 flex min-h-11 flex-wrap items-center justify-between gap-3">
        <h2 id="dead-letters" className="text-2xl">
          {t('dead.title')}
        </h2>
        {may('platform.events.replay') && (
          <Suspense>
            <Replay choice={asked} label={t('replay.these')} />
          </Suspense>
        )}
      </div>
      <Filters />
      <Letters />
    </section>
  );
}

function Filters() {
  const { t } = useTranslation('events');
  const { values, change, clear, isNarrowed } = useUrlFilter(NAMES);
  return (
    <div role="search" className="mb-6 flex flex-wrap items-end gap-3">
      <ModuleChoice hasAny value={values.module} onChange={(module) => change('module', module)} />
      <FilterText label={t('filters.type')} value={values.type} onApply={(type) => change('type', type)} pattern={EVENT_TYPE} whenWrong={t('filters.type-wrong')} className="w-full grow sm:w-64" />
      <TimeRange since={values.since} until={values.until} onChange={change} />
      {isNarrowed && <ClearFilters onPress={clear} />}
    </div>
  );
}

function Letters() {
  const { t } = useTranslation('events');
  const { asked, isNarrowed, clear } = useUrlFilter(NAMES);
  const query = useBrowseDeadLettersInfiniteQuery(asked);
  const elsewhere = query.currentData?.pages[0]?.elsewhere ?? [];
  return (
    <>
      {elsewhere.length > 0 && (
        <div className="mb-4">
          <Notice title={t('dead.elsewhere', { modules: elsewhere.join(', ') })}>
            <p>{t('dead.elsewhere-detail')}</p>
          </Notice>
        </div>
      )}
      <List
        query={query}
        skeleton={{ of: 'table', rows: 6, row: 'h-17' }}
        empty={{
          icon: <MailCheck size={32} strokeWidth={1.5} aria-hidden />,
          title: t(isNarrowed ? 'dead.none-here' : 'dead.none'),
          detail: t(isNarrowed ? 'dead.none-here-detail' : 'dead.none-detail'),
        }}
        onClear={isNarrowed && clear}
      >
        {(letters) => <LetterTable letters={letters} />}
      </List>
    </>
  );
}

function LetterTable({ letters }: { letters: DeadLetter[] }) {
  const { t } = useTranslation('events');
  const format = useFormatting();
  return (
    <Table label={t('dead.title')} isWide>
      <TableHeader>
        <Column isRowHeader>{t('dead.type')}</Column>
        <Column>{t('dead.module')}</Column>
        <Column>{t('dead.cause')}</Column>
        <Column align="end">{t('dead.attempts')}</Column>
        <Column>{t('dead.died')}</Column>
      </TableHeader>
      <TableBody>
        {letters.map((letter) => (
          <Row key={`${letter.module} ${letter.event_id}`} id={`${letter.module} ${letter.event_id}`}>
            <Cell>
              <Link href={`/events/dead-letters/${letter.module}/${letter.event_id}`} className="inline-flex min-h-11 items-center">
                <code dir="ltr" className="font-mono text-sm">{letter.type}</code>
              </Link>
            </Cell>
            <Cell>
              <span dir="ltr">{letter.module}</span>
            </Cell>
            <Cell>
              <span dir="ltr" className="line-clamp-2 min-w-64 text-sm stacked:min-w-0 wrap-anywhere">{letter.cause}</span>
            </Cell>
            <Cell align="end">{format.number(letter.attempts)}</Cell>
            <Cell>
              <span className="whitespace-nowrap">{format.dateTime(letter.died_at)}</span>
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  );
}
