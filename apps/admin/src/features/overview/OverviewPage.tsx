import { useGetSessionQuery } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';
import { Card, Link, PageBody, PageHeader, PageLoading } from '@lyceum/ui';
import { ArrowRightLeft, BookOpen, HeartPulse, ScrollText, Users } from 'lucide-react';

import { usePermissions } from '../session';

const areas = [
  { name: 'courses', permission: null, Icon: BookOpen },
  { name: 'people', permission: 'identity.user.read', Icon: Users },
  { name: 'events', permission: 'platform.events.read', Icon: ArrowRightLeft },
  { name: 'audit', permission: 'auth.audit-log.read', Icon: ScrollText },
  { name: 'system', permission: 'auth.audit-log.read', Icon: HeartPulse },
] as const;

/** The portal's first page: what can be done here with this account. */
export function OverviewPage() {
  const { t } = useTranslation('overview');
  const { currentData: session } = useGetSessionQuery();
  const { isLoading, may } = usePermissions();
  if (!session || isLoading) return <PageLoading />;
  return (
    <PageBody>
      <PageHeader title={t('title', { name: session.user.display_name })} lead={t('lead')} />
      <ul className="grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
        {areas
          .filter(({ permission }) => permission === null || may(permission))
          .map(({ name, Icon }) => (
            <Card key={name} as="li" isLink className="flex gap-4 p-5">
              <span className="grid size-11 shrink-0 place-items-center rounded-md bg-accent-soft text-accent">
                <Icon size={22} strokeWidth={1.75} aria-hidden />
              </span>
              <div>
                <h2 className="text-xl">
                  <Link look="plain" href={`/${name}`} className="no-underline after:absolute after:inset-0 after:rounded-lg">
                    {t(`areas.${name}.title`)}
                  </Link>
                </h2>
                <p className="mt-1 text-ink-2">{t(`areas.${name}.detail`)}</p>
              </div>
            </Card>
          ))}
      </ul>
    </PageBody>
  );
}
