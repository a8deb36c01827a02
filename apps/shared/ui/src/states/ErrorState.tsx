import { useTranslation } from '@lyceum/i18n';
import { CircleAlert, RotateCw, WifiOff } from 'lucide-react';

import { Button } from '../actions/Button';

/** What is known of an error: a problem of the API fits. `status` 0 means that there was no answer. */
export interface ShownProblem {
  status?: number | undefined;
  title?: string | undefined;
  detail?: string | undefined;
}

export interface ErrorStateProps {
  /** Whatever was thrown or answered; only the texts of a problem are shown of it. */
  error: unknown;
  /** Try again; without it there is no button. */
  onRetry?: () => void;
  isRetrying?: boolean;
}

/** Where a list or a page would be: what went wrong, and a way to try again. */
export function ErrorState({ error, onRetry, isRetrying = false }: ErrorStateProps) {
  const { t } = useTranslation('ui');
  const problem: ShownProblem = typeof error === 'object' && error !== null ? error : {};
  const isOffline = problem.status === 0;
  const Icon = isOffline ? WifiOff : CircleAlert;
  const title = isOffline ? t('error.offline') : said(problem.title, t('error.title'));
  const detail = isOffline ? t('error.offline-detail') : said(problem.detail, t('error.detail'));
  return (
    <div role="alert" className="flex flex-col items-center rounded-lg border border-line bg-raised px-6 py-14 text-center">
      <div className="mb-4 grid size-16 place-items-center rounded-full bg-bad-soft text-bad">
        <Icon size={32} strokeWidth={1.5} aria-hidden />
      </div>
      <p className="font-serif text-xl font-semibold text-balance">{title}</p>
      {detail !== title && <p className="mt-2 max-w-md text-balance text-ink-2">{detail}</p>}
      {onRetry && (
        <Button className="mt-6" icon={<RotateCw size={18} aria-hidden />} isPending={isRetrying} onPress={onRetry}>
          {t('error.retry')}
        </Button>
      )}
    </div>
  );
}

function said(text: string | undefined, otherwise: string): string {
  return text === undefined || text === '' ? otherwise : text;
}
