import { LinkButton, PageBody, PageHeader } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';

/** An address that leads nowhere. Its texts are the app's, so that it works when nothing else can be loaded. */
export function NotFoundPage() {
  const { t } = useTranslation('app');
  return (
    <PageBody width="reading">
      <p className="mb-3 font-serif text-lg text-accent">404</p>
      <PageHeader title={t('not-found.title')} lead={t('not-found.detail')} />
      <LinkButton variant="primary" href="/">
        {t('not-found.home')}
      </LinkButton>
    </PageBody>
  );
}
