import { isApiProblem } from '@lyceum/api-client';
import { useTranslation } from '@lyceum/i18n';
import { toast } from '@lyceum/ui';

/** Tells why a change was refused, in the API's words. */
export function useRefusal(): (error: unknown) => void {
  const { t } = useTranslation('people');
  return (error) => toast({ tone: 'bad', title: t('refused'), ...(isApiProblem(error) && error.detail !== '' ? { detail: error.detail } : {}) });
}
