import { useReplayDeadLettersMutation, type DeadLetterFilter, type ModuleReplay, type ReplayReport, type ReplayRequest } from '@lyceum/api-client/platform';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Dialog, DialogTrigger, ErrorState, Loading, Notice, Skeleton } from '@lyceum/ui';
import { RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

export interface ReplayProps {
  /** Which dead letters. */
  choice: DeadLetterFilter & Pick<ReplayRequest, 'ids'>;
  label: string;
  /** Whether there is something to replay. Who has done it reads what came of it all the same. */
  isOffered?: boolean;
}

/** Has dead letters handled again: first it is counted what that would be, then it is done, then it says what came of it. */
export function Replay({ choice, label, isOffered = true }: ReplayProps) {
  const { t } = useTranslation('events');
  const [isOpen, setOpen] = useState(false);
  if (!isOffered && !isOpen) return null;
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button icon={<RotateCcw size={18} aria-hidden />}>{label}</Button>
      <Dialog title={t('replay.title')} isDismissable={false}>
        {(close) => <Steps choice={choice} onClose={close} />}
      </Dialog>
    </DialogTrigger>
  );
}

function Steps({ choice, onClose }: { choice: ReplayProps['choice']; onClose: () => void }) {
  const { t } = useTranslation('events');
  const [replay, { error, isLoading }] = useReplayDeadLettersMutation();
  const [report, setReport] = useState<ReplayReport>();
  const ask = (isDry: boolean) =>
    void replay({ replayRequest: { ...choice, dry_run: isDry } }).unwrap().then(setReport, () => undefined);
  const countAtOnce = useRef(() => ask(true));
  useEffect(() => countAtOnce.current(), []);
  if (error) return <ErrorState error={error} isRetrying={isLoading} onRetry={() => ask(report === undefined)} />;
  if (report === undefined) {
    return (
      <Loading>
        <Skeleton className="h-40 rounded-lg" />
      </Loading>
    );
  }
  const isPlan = report.dry_run && report.matched > 0;
  return (
    <div className="flex flex-col gap-5">
      {report.dry_run ? <Plan report={report} /> : <Outcome report={report} />}
      {report.elsewhere !== undefined && report.elsewhere.length > 0 && <p className="text-sm text-ink-2">{t('replay.elsewhere', { modules: report.elsewhere.join(', ') })}</p>}
      <div className="flex flex-wrap justify-end gap-3">
        {/* The button that was pressed is gone with the outcome: the focus goes on to the way out. */}
        <Button key={report.dry_run ? 'before' : 'after'} autoFocus={!report.dry_run} onPress={onClose}>
          {isPlan ? t('replay.cancel') : t('replay.close')}
        </Button>
        {isPlan && (
          <Button variant="primary" isPending={isLoading} onPress={() => ask(false)}>
            {t('replay.confirm', { count: report.matched })}
          </Button>
        )}
      </div>
    </div>
  );
}

function Plan({ report }: { report: ReplayReport }) {
  const { t } = useTranslation('events');
  const format = useFormatting();
  const concerned = report.modules.filter(({ matched }) => matched > 0);
  if (concerned.length === 0) return <p>{t('replay.nothing')}</p>;
  return (
    <>
      <p>{t('replay.plan', { count: report.matched })}</p>
      <ul className="flex flex-col gap-1">
        {concerned.map(({ module, matched }) => (
          <li key={module} className="flex justify-between gap-4 border-b border-line py-2 last:border-0">
            <span dir="ltr">{module}</span>
            <span className="tabular-nums">{format.number(matched)}</span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-2">{t('replay.once')}</p>
    </>
  );
}

function Outcome({ report }: { report: ReplayReport }) {
  const { t } = useTranslation('events');
  const isClean = report.modules.every(({ dead, left }) => dead + left === 0);
  return (
    <div role="status" className="flex flex-col gap-4">
      <Notice tone={isClean ? 'ok' : 'warn'} title={t(isClean ? 'replay.done' : 'replay.partly')} />
      <ul className="flex flex-col gap-1">
        {report.modules.filter(({ matched }) => matched > 0).map((outcome) => (
          <ModuleOutcome key={outcome.module} outcome={outcome} />
        ))}
      </ul>
    </div>
  );
}

function ModuleOutcome({ outcome: { module, handled, dead, left, stopped } }: { outcome: ModuleReplay }) {
  const { t } = useTranslation('events');
  return (
    <li className="border-b border-line py-2 last:border-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span dir="ltr">{module}</span>
        <span className="flex flex-wrap gap-x-4 tabular-nums">
          <span>{t('replay.handled', { count: handled })}</span>
          {dead > 0 && <span className="text-bad">{t('replay.dead', { count: dead })}</span>}
          {left > 0 && <span>{t('replay.left', { count: left })}</span>}
        </span>
      </p>
      {typeof stopped === 'string' && (
        <p dir="ltr" className="mt-1 text-sm wrap-anywhere text-ink-2">
          {stopped}
        </p>
      )}
    </li>
  );
}
