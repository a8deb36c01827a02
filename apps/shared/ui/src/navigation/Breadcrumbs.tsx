import { useTranslation } from '@lyceum/i18n';
import { ChevronRight } from 'lucide-react';
import { Breadcrumb, Breadcrumbs as AriaBreadcrumbs } from 'react-aria-components';

import { Link } from '../actions/Link';

export interface Crumb {
  /** Null for the page that is open. */
  href: string | null;
  title: string;
}

/** The way from the top to this page. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const { t } = useTranslation('ui');
  return (
    <nav aria-label={t('breadcrumbs.label')}>
      <AriaBreadcrumbs className="flex flex-wrap items-center gap-1 text-sm text-ink-2">
        {crumbs.map(({ href, title }, index) => (
          <Breadcrumb key={`${index} ${title}`} className="flex min-h-8 min-w-0 items-center gap-1">
            <Link look="plain" href={href ?? undefined} className="truncate no-underline data-current:text-ink data-hovered:text-accent data-hovered:underline">
              <bdi>{title}</bdi>
            </Link>
            {index < crumbs.length - 1 && <ChevronRight size={16} aria-hidden className="shrink-0 rtl:rotate-180" />}
          </Breadcrumb>
        ))}
      </AriaBreadcrumbs>
    </nav>
  );
}
