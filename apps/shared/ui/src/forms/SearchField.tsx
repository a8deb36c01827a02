import { useTranslation } from '@lyceum/i18n';
import { Search, X } from 'lucide-react';
import { Button, Group, Input, SearchField as AriaSearchField, type SearchFieldProps as AriaSearchFieldProps } from 'react-aria-components';

import { classes } from '../classes';
import { bareInputClasses, fieldClasses, FieldLabel, groupClasses } from './field-look';

export interface SearchFieldProps extends Omit<AriaSearchFieldProps, 'children' | 'className' | 'style'> {
  label: string;
  placeholder?: string;
  className?: string;
}

/** A field to search with; its label is only for those who don't see it. Escape and the cross empty it. */
export function SearchField({ label, placeholder, className, ...rest }: SearchFieldProps) {
  const { t } = useTranslation('ui');
  return (
    <AriaSearchField {...rest} className={classes(fieldClasses, 'group', className)}>
      <FieldLabel hidden>{label}</FieldLabel>
      <Group className={groupClasses}>
        <Search size={18} aria-hidden className="ms-3 shrink-0 text-ink-2" />
        <Input dir="auto" placeholder={placeholder} className={classes(bareInputClasses, '[&::-webkit-search-cancel-button]:hidden')} />
        <Button aria-label={t('field.clear')} className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-md text-ink-2 group-data-empty:invisible data-hovered:text-ink">
          <X size={18} aria-hidden />
        </Button>
      </Group>
    </AriaSearchField>
  );
}
