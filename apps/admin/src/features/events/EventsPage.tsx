import { useTranslation } from '@lyceum/i18n';
import { PageBody, PageHeader } from '@lyceum/ui';

import { Backlogs } from './Backlogs';
import { DeadLetters } from './DeadLetters';

/** What modules tell each other: how far each is behind, and what could not be handled. */
export function EventsPage() {
  const { t } = useTranslation('events');
  return (
    <PageBody>
      <PageHeader title={t('title')} lead={t('lead')} />
      <section aria-labelledby="modules" className="mb-12">
        <h2 id="modules" className="mb-4 text-2xl">
          {t('modules.title')}
        </h2>
        <Backlogs />
      </section>
      <DeadLetters />
    </PageBody>
  );
}
