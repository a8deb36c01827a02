import { useListEventBacklogsQuery } from '@lyceum/api-client/platform';
import { useTranslation } from '@lyceum/i18n';
import { Choice } from '@lyceum/ui';

export interface ModuleChoiceProps {
  value: string;
  onChange: (module: string) => void;
  /** Whether there is a choice of all modules. */
  hasAny?: boolean;
}

/** Which module. One that stands in the address is offered also while the others are not known. */
export function ModuleChoice({ value, onChange, hasAny = false }: ModuleChoiceProps) {
  const { t } = useTranslation('events');
  const { currentData } = useListEventBacklogsQuery();
  const names = currentData?.modules.map(({ module }) => module) ?? [];
  const offered = value === '' || names.includes(value) ? names : [...names, value];
  const any = hasAny ? [['', t('filters.any')] as const] : [];
  return <Choice label={t('filters.module')} className="w-full sm:w-48" options={[...any, ...offered.map((name) => [name, name] as const)]} value={value} onChange={onChange} />;
}
