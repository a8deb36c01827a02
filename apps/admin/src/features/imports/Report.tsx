import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Button, Card, Choice, EmptyState, LoadMore, SearchField } from '@lyceum/ui';
import { useState } from 'react';
import { useSearchParams } from 'react-router';

import { matching, outcomes, type LossItem, type LossReport, type ReportFilter } from './reports';
import { inOrder, useKindName } from './use-kind-name';

const PAGE = 50;
const choices = ['lost', 'all', 'imported', 'changed', 'dropped'] as const;
const tones = { imported: 'ok', changed: 'warn', dropped: 'bad' } as const;

/** What became of every single thing of an archive: in numbers, and one by one. */
export function Report({ report }: { report: LossReport }) {
  const { t } = useTranslation('imports');
  return (
    <div className="flex flex-col gap-10">
      <section aria-labelledby="counts" className="flex flex-col gap-4">
        <h2 id="counts" className="text-2xl">
          {t('report.counts')}
        </h2>
        <Counts report={report} />
      </section>
      <section aria-labelledby="items" className="flex flex-col gap-4">
        <h2 id="items" className="text-2xl">
          {t('report.items')}
        </h2>
        <Items report={report} />
      </section>
    </div>
  );
}

function Counts({ report }: { report: LossReport }) {
  const { t } = useTranslation('imports');
  const format = useFormatting();
  const name = useKindName();
  return (
    // Numbers that are read and not gone through: a plain table, which screen readers know best.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reached by keyboard
    <div role="group" aria-labelledby="counts" tabIndex={0} className="overflow-x-auto rounded-lg border border-line bg-raised">
      <table className="w-full text-start tabular-nums">
        <thead className="border-b border-line bg-sunken text-xs text-ink-2 sm:text-sm">
          <tr>
            <th scope="col" className="px-3 py-3 text-start sm:px-4">
              {t('report.kind')}
            </th>
            {outcomes.map((outcome) => (
              <th key={outcome} scope="col" className="px-2 py-3 text-end sm:px-4">
                {t(`outcome.${outcome}`)}
              </th>
            ))}
            <th scope="col" className="px-2 py-3 text-end sm:px-4">
              {t('report.total')}
            </th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {inOrder(Object.keys(report.counts)).map((kind) => {
            const counts = report.counts[kind] ?? { imported: 0, changed: 0, dropped: 0, total: 0 };
            return (
              <tr key={kind}>
                <th scope="row" className="px-3 py-2.5 text-start font-medium sm:px-4">
                  {name(kind)}
                </th>
                {outcomes.map((outcome) => (
                  <td key={outcome} className={`px-2 py-2.5 text-end sm:px-4 ${counts[outcome] === 0 ? 'text-ink-2' : outcome === 'dropped' ? 'font-medium text-bad' : outcome === 'changed' ? 'font-medium text-warn' : ''}`}>
                    {format.number(counts[outcome])}
                  </td>
                ))}
                <td className="px-2 py-2.5 text-end sm:px-4">{format.number(counts.total)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Items({ report }: { report: LossReport }) {
  const { t } = useTranslation('imports');
  const name = useKindName();
  const [query, setQuery] = useSearchParams();
  const [shown, setShown] = useState(PAGE);
  const filter: ReportFilter = {
    outcome: choices.find((one) => one === query.get('outcome')) ?? 'lost',
    kind: query.get('kind') ?? '',
    text: query.get('q') ?? '',
  };
  const narrow = (changes: Partial<Record<'outcome' | 'kind' | 'q', string>>) => {
    const next = new URLSearchParams(query);
    for (const [key, value] of Object.entries(changes)) {
      if (value === '') next.delete(key);
      else next.set(key, value);
    }
    setShown(PAGE);
    setQuery(next, { replace: true });
  };
  const items = matching(report, filter);
  return (
    <>
      <div className="flex flex-wrap items-end gap-4">
        <Choice label={t('report.outcome')} options={choices.map((one) => [one, t(`outcome.${one}`)] as const)} value={filter.outcome} onChange={(outcome) => narrow({ outcome })} className="w-56" />
        <Choice
          label={t('report.kind')}
          options={[['', t('report.all-kinds')], ...inOrder(Object.keys(report.counts)).map((kind) => [kind, name(kind)] as const)]}
          value={filter.kind}
          onChange={(kind) => narrow({ kind })}
          className="w-56"
        />
        <SearchField label={t('report.search')} placeholder={t('report.search')} value={filter.text} onChange={(text) => narrow({ q: text })} className="min-w-56 grow" />
      </div>
      <p role="status" className="text-sm text-ink-2">
        {t('report.found', { count: items.length })}
      </p>
      {items.length === 0 ? (
        <Nothing filter={filter} isClean={report.items.every(({ outcome }) => outcome === 'imported')} onAll={() => narrow({ outcome: 'all', kind: '', q: '' })} />
      ) : (
        <Card>
          <ul className="divide-y divide-line">
            {items.slice(0, shown).map((item, index) => (
              <Row key={index} item={item} kind={name(item.kind)} />
            ))}
          </ul>
        </Card>
      )}
      <LoadMore hasMore={items.length > shown} isLoading={false} onLoad={() => setShown(shown + PAGE)} />
    </>
  );
}

function Nothing({ filter, isClean, onAll }: { filter: ReportFilter; isClean: boolean; onAll: () => void }) {
  const { t } = useTranslation('imports');
  const nothingLost = isClean && filter.outcome === 'lost' && filter.kind === '' && filter.text === '';
  return (
    <EmptyState title={nothingLost ? t('report.nothing-lost') : t('report.none')} action={<Button onPress={onAll}>{t('report.show-all')}</Button>}>
      {nothingLost ? t('report.nothing-lost-detail') : t('report.none-detail')}
    </EmptyState>
  );
}

function Row({ item: { source, outcome, reason }, kind }: { item: LossItem; kind: string }) {
  const { t } = useTranslation('imports');
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[8rem_10rem_1fr]">
      <span>
        <Badge tone={tones[outcome]}>{t(`outcome.${outcome}`)}</Badge>
      </span>
      <span className="text-ink-2">{kind}</span>
      <div className="min-w-0">
        <bdi className="block font-mono text-sm break-all">{source}</bdi>
        {reason !== '' && (
          <p dir="auto" className="mt-1 first-letter:uppercase">
            {reason}
          </p>
        )}
      </div>
    </li>
  );
}
