import { useBrowseUsersInfiniteQuery, type Account } from '@lyceum/api-client/identity';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import {
  Cell, Choice, Column, Link, List, PageBody, PageHeader, Row, SearchField, Table, TableBody, TableHeader,
} from '@lyceum/ui';
import { Users } from 'lucide-react';
import { useEffect, useState } from 'react';

import { useUrlFilter } from '../filters';
import { StatusBadge } from './StatusBadge';

const NAMES = ['q', 'status'] as const;
const statuses = ['active', 'deactivated'] as const;
// Milliseconds without a key until the list follows.
const PAUSE = 250;

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

function Filters() {
  const { t } = useTranslation('people');
  const { values, change } = useUrlFilter(NAMES);
  const asked = values.q;
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
      <Choice
        label={t('status.label')}
        hideLabel
        className="min-w-44"
        options={[['', t('status.any')], ...statuses.map((one) => [one, t(`status.${one}`)] as const)]}
        value={values.status}
        onChange={(status) => change('status', status)}
      />
    </div>
  );
}

function People() {
  const { t } = useTranslation('people');
  const { asked, clear } = useUrlFilter(NAMES);
  const status = statuses.find((one) => one === asked.status);
  return (
    <List
      query={useBrowseUsersInfiniteQuery({ ...(asked.q === undefined ? {} : { q: asked.q }), ...(status === undefined ? {} : { status }) })}
      skeleton={{ of: 'table', rows: 8, row: 'h-17' }}
      empty={{ icon: <Users size={32} strokeWidth={1.5} aria-hidden />, title: t('none'), detail: t('none-detail') }}
      onClear={clear}
    >
      {(people) => <PeopleTable people={people} />}
    </List>
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
