import { useTranslation } from '@lyceum/i18n';
import { LinkButton } from '@lyceum/ui';
import { lazy, Suspense } from 'react';
import { useLocation } from 'react-router';

import { SIGN_IN, signInAddress } from './return-path';
import { useSession } from './use-session';

const AccountMenu = lazy(() => import('./AccountMenu'));
const PLACE = 'h-11 w-11 sm:w-24';

/** The end of the header: the way to sign in, or the menu of the account. Its place is kept while nobody knows which. */
export function AccountControl() {
  const { t } = useTranslation('app');
  const { session, isKnown } = useSession();
  const { pathname, search } = useLocation();
  if (session) {
    return (
      <Suspense fallback={<span className="size-11" />}>
        <AccountMenu session={session} />
      </Suspense>
    );
  }
  if (!isKnown) return <span className={PLACE} />;
  const here = pathname.startsWith(SIGN_IN) || pathname === '/sign-up' ? '/' : pathname + search;
  return (
    <LinkButton variant="primary" href={signInAddress(here)} className="ms-1 max-sm:px-3">
      {t('account.sign-in')}
    </LinkButton>
  );
}
