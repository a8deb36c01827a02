import { useTranslation } from '@lyceum/i18n';
import { Button, Card, ErrorState, Loading, Notice, Skeleton } from '@lyceum/ui';
import type { ReactNode } from 'react';

import type { Autosave } from './use-autosave';

export interface TwoVersionsProps<T> {
  draft: Autosave<T>;
  /** What is on the server now; undefined while it is on its way. */
  theirs: { value: T; version: number } | undefined;
  error: unknown;
  onRetry: () => void;
  /** Draws one of the versions; the other is there to tell what differs. */
  show: (value: T, other: T | undefined) => ReactNode;
}

/** Two people wrote at the same moment: both versions, and which one to go on with. The other is not lost. */
export function TwoVersions<T>({ draft, theirs, error, onRetry, show }: TwoVersionsProps<T>) {
  const { t } = useTranslation('editor');
  const mine = draft.value;
  return (
    <section aria-label={t('two.title')} className="flex flex-col gap-4">
      <Notice tone="warn" title={t('two.title')}>
        <p>{t('two.detail')}</p>
      </Notice>
      <div className="grid gap-4 xl:grid-cols-2">
        <Side title={t('two.mine')} action={t('two.take-mine')} isDisabled={theirs === undefined} onChoose={() => theirs && draft.takeMine(theirs.value, theirs.version)}>
          {show(mine, theirs?.value)}
        </Side>
        <Side title={t('two.theirs')} action={t('two.take-theirs')} isDisabled={theirs === undefined} onChoose={() => theirs && draft.takeTheirs(theirs.value, theirs.version)}>
          {theirs !== undefined ? show(theirs.value, mine) : error ? <ErrorState error={error} onRetry={onRetry} /> : <Loading><Skeleton className="h-24" /></Loading>}
        </Side>
      </div>
    </section>
  );
}

function Side({ title, action, isDisabled, onChoose, children }: { title: string; action: string; isDisabled: boolean; onChoose: () => void; children: ReactNode }) {
  return (
    <Card as="section" className="flex flex-col">
      <h3 className="border-b border-line px-4 py-3 text-lg">{title}</h3>
      <div className="max-h-80 grow overflow-y-auto p-4">{children}</div>
      <div className="border-t border-line p-4">
        <Button isDisabled={isDisabled} onPress={onChoose}>
          {action}
        </Button>
      </div>
    </Card>
  );
}
