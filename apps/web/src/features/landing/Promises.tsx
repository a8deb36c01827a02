import { useTranslation } from '@lyceum/i18n';
import { BadgeCheck, Clock, ListChecks } from 'lucide-react';

/** Why to learn here, in three points. */
export function Promises() {
  const { t } = useTranslation('landing');
  const points = [
    { icon: ListChecks, title: t('promises.progress'), text: t('promises.progress-detail') },
    { icon: Clock, title: t('promises.pace'), text: t('promises.pace-detail') },
    { icon: BadgeCheck, title: t('promises.fairness'), text: t('promises.fairness-detail') },
  ];
  return (
    <section aria-labelledby="promises" className="mt-16 border-t border-line pt-12 sm:mt-20">
      <h2 id="promises" className="mb-8 max-w-2xl text-2xl">
        {t('promises.title')}
      </h2>
      <ul className="grid gap-10 md:grid-cols-3">
        {points.map(({ icon: Icon, title, text }) => (
          <li key={title}>
            <Icon size={28} strokeWidth={1.5} aria-hidden className="text-accent" />
            <h3 className="mt-4 text-xl">{title}</h3>
            <p className="mt-2 text-ink-2">{text}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
