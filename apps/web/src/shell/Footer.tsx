import { Wordmark } from '@lyceum/ui';
import { useTranslation } from '@lyceum/i18n';

export function Footer() {
  const { t } = useTranslation('app');
  return (
    <footer className="border-t border-line bg-sunken">
      <div className="mx-auto flex max-w-page flex-wrap items-center justify-between gap-4 px-4 py-8 text-sm text-ink-2 sm:px-6">
        <Wordmark />
        <p>{t('footer.motto')}</p>
      </div>
    </footer>
  );
}
