import { useTranslation } from '@lyceum/i18n';
import { LinkButton, NotFoundPage } from '@lyceum/ui';

/** An address that leads nowhere, with the way to what can be learned. */
export function NotFound() {
  const { t } = useTranslation('app');
  return <NotFoundPage actions={<LinkButton href="/courses">{t('navigation.catalogue')}</LinkButton>} />;
}
