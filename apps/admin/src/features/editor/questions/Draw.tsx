import { useListBanksQuery } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { NumberField } from '@lyceum/ui';
import type { ReactNode } from 'react';

import type { Entry } from './quizzes';

interface DrawProps {
  courseId: string;
  entry: Extract<Entry, { kind: 'draw' }>;
  onCount: (count: number) => void;
  actions: ReactNode;
}

/** Some questions of a bank, others for everybody. */
export function Draw({ courseId, entry, onCount, actions }: DrawProps) {
  const { t } = useTranslation('editor');
  // Where the bank is of another course or far down the list, it goes without its name.
  const { currentData } = useListBanksQuery({ courseId, limit: 100 });
  const bank = currentData?.items.find(({ id }) => id === entry.bank_id);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 p-2 ps-4">
      <div className="min-w-0 grow py-1">
        <p dir="auto">{bank ? t('bank.drawn', { title: bank.title }) : t('bank.drawn-somewhere')}</p>
        <p className="text-sm text-ink-2">{bank ? t('bank.count', { count: bank.items }) : t('bank.draw-note')}</p>
      </div>
      <NumberField
        label={t('bank.draw-count')}
        minValue={1}
        maxValue={Math.max(bank?.items ?? 100, entry.count)}
        value={entry.count}
        onChange={(count) => {
          if (!Number.isNaN(count) && count !== entry.count) onCount(Math.round(count));
        }}
      />
      <div className="flex gap-1">{actions}</div>
    </div>
  );
}
