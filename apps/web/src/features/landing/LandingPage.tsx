import { useTranslation } from '@lyceum/i18n';

import { NewCourses } from './NewCourses';
import { Promises } from './Promises';
import { Search } from './Search';

/** The front door: what this place is, and what there is to learn. */
export function LandingPage() {
  const { t } = useTranslation('landing');
  return (
    <>
      <section className="border-b border-line bg-sunken">
        <div className="mx-auto max-w-page px-4 py-16 sm:px-6 sm:py-24">
          <h1 tabIndex={-1} className="max-w-3xl text-4xl sm:text-[3.25rem] sm:leading-[1.1]">
            {t('hero.title')}
          </h1>
          <p className="mt-6 max-w-2xl text-lg text-ink-2 sm:text-xl">{t('hero.lead')}</p>
          <Search />
        </div>
      </section>
      <div className="mx-auto max-w-page px-4 py-12 sm:px-6 sm:py-16">
        <NewCourses />
        <Promises />
      </div>
    </>
  );
}
