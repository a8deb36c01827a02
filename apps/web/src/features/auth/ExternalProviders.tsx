import { externalSignInAddress, useListExternalProvidersQuery } from '@lyceum/api-client/auth';
import { useTranslation } from '@lyceum/i18n';

/** Other places that know the person. Without any, or while nobody knows, nothing shows: signing in here works without. */
export function ExternalProviders({ returnTo }: { returnTo: string }) {
  const { t } = useTranslation('auth');
  const { data } = useListExternalProvidersQuery();
  if (!data || data.items.length === 0) return null;
  return (
    <div className="mt-8">
      <p className="mb-4 flex items-center gap-4 text-sm text-ink-2 before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">{t('providers.or')}</p>
      <ul className="flex flex-col gap-3">
        {data.items.map(({ name }) => (
          <li key={name}>
            {/* Leaves the app: the host sends the browser on to the provider. */}
            <a href={externalSignInAddress(name, returnTo)} className="flex min-h-11 items-center justify-center rounded-md border border-edge/60 bg-raised px-4 font-medium no-underline transition-colors hover:border-edge hover:bg-sunken">
              {t('providers.with', { name: titled(name) })}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

function titled(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
