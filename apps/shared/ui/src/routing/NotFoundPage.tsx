import { useTranslation } from '@lyceum/i18n';
import type { ReactNode } from 'react';

import { LinkButton } from '../actions/Link';
import { PageBody } from '../layout/AppShell';

/** An address that leads nowhere. Its texts come with the kit, so that it works when nothing else can be loaded. */
export function NotFoundPage({ actions }: { actions?: ReactNode }) {
  const { t } = useTranslation('ui');
  return (
    <PageBody>
      <div className="mx-auto flex max-w-xl flex-col items-center py-6 text-center sm:py-12">
        <Ruin />
        <h1 tabIndex={-1} className="mt-8 text-3xl sm:text-4xl">
          {t('not-found.title')}
        </h1>
        <p className="mt-3 text-lg text-ink-2">{t('not-found.detail')}</p>
        <div className="mt-8 flex flex-wrap justify-center gap-3">
          <LinkButton variant="primary" href="/">
            {t('not-found.home')}
          </LinkButton>
          {actions}
        </div>
      </div>
    </PageBody>
  );
}

/** The temple of the wordmark, one of its columns gone. */
function Ruin() {
  return (
    <svg viewBox="0 0 240 150" aria-hidden className="w-60 max-w-full">
      <ellipse cx="120" cy="140" rx="108" ry="7" className="fill-sunken" />
      <g fill="none" strokeWidth="5" strokeLinecap="round" strokeLinejoin="round" className="stroke-accent">
        <path d="M42 56 120 16l78 40z" className="fill-accent-soft" />
        <path d="M62 72v50M100 72v50M178 72v50" />
        <path d="M140 72v9M140 116v6" opacity="0.45" />
        <path d="m128 134 34-7" opacity="0.45" />
        <path d="M48 134h60M176 134h16" />
      </g>
      <text x="120" y="49" textAnchor="middle" className="fill-accent font-serif text-xl font-semibold">
        404
      </text>
    </svg>
  );
}
