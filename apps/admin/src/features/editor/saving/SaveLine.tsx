import { isApiProblem, NETWORK } from '@lyceum/api-client';
import { useTranslation } from '@lyceum/i18n';
import { Button, classes } from '@lyceum/ui';
import { CircleAlert, CircleCheck, CloudUpload, GitMerge, LoaderCircle } from 'lucide-react';

import type { SaveState } from './use-autosave';

export interface SaveLineProps {
  state: SaveState;
  problem: unknown;
  onRetry: () => void;
  /** It is saved by a button beside this line. */
  isManual?: boolean;
}

/** Whether what is on the page is on the server. It keeps its place, so that nothing below it moves. */
export function SaveLine({ state, problem, onRetry, isManual = false }: SaveLineProps) {
  const { t } = useTranslation('editor');
  const icon = { size: 16, 'aria-hidden': true } as const;
  const looks = {
    clean: { Icon: CircleCheck, words: t('saving.clean'), tone: 'text-ink-2' },
    waiting: { Icon: CloudUpload, words: isManual ? t('saving.here') : t('saving.waiting'), tone: 'text-ink-2' },
    saving: { Icon: LoaderCircle, words: t('saving.saving'), tone: 'text-ink-2' },
    saved: { Icon: CircleCheck, words: t('saving.saved'), tone: 'text-ok' },
    failed: { Icon: CircleAlert, words: t('saving.failed'), tone: 'text-bad' },
    conflict: { Icon: GitMerge, words: t('saving.conflict'), tone: 'text-warn' },
  } as const;
  const { Icon, words, tone } = looks[state];
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1">
      <p role="status" className={classes('flex items-center gap-2 text-sm', tone)}>
        <Icon {...icon} className={classes(state === 'saving' && 'animate-turn')} />
        {words}
      </p>
      {state === 'failed' && (
        <>
          <p className="text-sm text-ink-2">{reason(problem) ?? t('saving.why-unknown')}</p>
          {!isManual && <Button onPress={onRetry}>{t('saving.retry')}</Button>}
        </>
      )}
    </div>
  );

  function reason(error: unknown): string | null {
    if (!isApiProblem(error)) return null;
    if (error.code === NETWORK) return t('saving.offline');
    const words = [error.detail, ...error.errors.map(({ detail }) => detail)].filter(Boolean);
    return words.length > 0 ? words.join(' ') : null;
  }
}
