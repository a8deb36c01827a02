import { isApiProblem, NETWORK } from '@lyceum/api-client';
import { useTranslation } from '@lyceum/i18n';
import { Notice } from '@lyceum/ui';

/** Why something was refused, beside the button that asked for it. `texts` has our own words for codes that we expect. */
export function ProblemNotice({ problem, texts = {} }: { problem: unknown; texts?: Record<string, string> }) {
  const { t } = useTranslation('app');
  if (!isApiProblem(problem)) return <Notice tone="bad">{t('problem.unknown')}</Notice>;
  const own = texts[problem.code];
  if (own !== undefined) return <Notice tone="bad">{own}</Notice>;
  if (problem.code === NETWORK) return <Notice tone="bad">{t('problem.offline')}</Notice>;
  if (problem.status === 429) return <Notice tone="bad">{t('problem.too-many')}</Notice>;
  return <Notice tone="bad">{problem.detail || problem.title || t('problem.unknown')}</Notice>;
}
