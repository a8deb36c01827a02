import { useTranslation } from '@lyceum/i18n';
import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button, ComboBox as AriaComboBox, Group, Input, ListBox, Popover, type ComboBoxProps as AriaComboBoxProps } from 'react-aria-components';

import { classes } from '../classes';
import { popoverClasses } from '../overlays/popover-look';
import { bareInputClasses, fieldClasses, FieldLabel, FieldNotes, groupClasses, type FieldTexts } from './field-look';

export interface ComboBoxProps<T extends object> extends Omit<AriaComboBoxProps<T>, 'children' | 'className' | 'style'>, FieldTexts {
  placeholder?: string;
  children: ReactNode | ((item: T) => ReactNode);
}

/** One of many choices, found by typing. */
export function ComboBox<T extends object>({ label, description, errorMessage, className, placeholder, children, ...rest }: ComboBoxProps<T>) {
  const { t } = useTranslation('ui');
  return (
    <AriaComboBox isInvalid={errorMessage !== undefined} {...rest} className={classes(fieldClasses, className)}>
      <FieldLabel>{label}</FieldLabel>
      <Group className={groupClasses}>
        <Input dir="auto" placeholder={placeholder} className={bareInputClasses} />
        <Button className="grid size-11 shrink-0 cursor-pointer place-items-center rounded-md text-ink-2 data-hovered:text-ink">
          <ChevronDown size={18} aria-hidden />
        </Button>
      </Group>
      <FieldNotes description={description} errorMessage={errorMessage} />
      <Popover className={classes(popoverClasses, 'w-(--trigger-width)')}>
        <ListBox className="max-h-80 overflow-auto p-1 outline-none" renderEmptyState={() => <p className="px-3 py-2 text-ink-2">{t('field.no-match')}</p>}>
          {children}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
