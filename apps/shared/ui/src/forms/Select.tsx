import { useTranslation } from '@lyceum/i18n';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue,
  type ListBoxItemProps, type SelectProps as AriaSelectProps,
} from 'react-aria-components';

import { classes } from '../classes';
import { itemClasses, popoverClasses } from '../overlays/popover-look';
import { fieldClasses, FieldLabel, FieldNotes, inputClasses, type FieldTexts } from './field-look';

export interface SelectProps<T extends object> extends Omit<AriaSelectProps<T>, 'children' | 'className' | 'style'>, FieldTexts {
  items?: Iterable<T>;
  children: ReactNode | ((item: T) => ReactNode);
  /** Keeps the label for those who don't see that the place says it. */
  hideLabel?: boolean;
}

/** One of a few choices. For many, take a ComboBox. */
export function Select<T extends object>({ label, description, errorMessage, className, items, children, hideLabel = false, ...rest }: SelectProps<T>) {
  const { t } = useTranslation('ui');
  return (
    <AriaSelect placeholder={t('select.placeholder')} isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, 'group', className)}>
      <FieldLabel hidden={hideLabel}>{label}</FieldLabel>
      <Button className={classes(inputClasses, 'flex cursor-pointer items-center gap-2 text-start group-data-invalid:border-bad')}>
        <SelectValue className="min-w-0 grow truncate data-placeholder:text-ink-2" />
        <ChevronDown size={18} aria-hidden className="shrink-0 text-ink-2" />
      </Button>
      <FieldNotes description={description} errorMessage={errorMessage} />
      <Popover className={classes(popoverClasses, 'min-w-(--trigger-width)')}>
        <ListBox items={items} className="max-h-80 overflow-auto p-1 outline-none">
          {children}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

export interface OptionProps extends Omit<ListBoxItemProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
}

/** A choice of a Select or a ComboBox. */
export function Option({ children, ...rest }: OptionProps) {
  const text = typeof children === 'string' ? { textValue: children } : {};
  return (
    <ListBoxItem {...text} {...rest} className={itemClasses}>
      {({ isSelected }) => (
        <>
          <span className="min-w-0 grow">{children}</span>
          {isSelected && <Check size={18} aria-hidden className="shrink-0 text-accent" />}
        </>
      )}
    </ListBoxItem>
  );
}
