import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import {
  Header, Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection as AriaMenuSection, MenuTrigger, Popover, Separator,
  type MenuItemProps as AriaMenuItemProps, type MenuProps as AriaMenuProps, type PopoverProps,
} from 'react-aria-components';

import { classes } from '../classes';
import { itemClasses, popoverClasses } from '../overlays/popover-look';

export interface MenuProps<T extends object> extends Omit<AriaMenuProps<T>, 'className' | 'style'> {
  /** The button that opens it. */
  trigger: ReactElement;
  placement?: PopoverProps['placement'];
}

/** A menu of actions or choices under a button. */
export function Menu<T extends object>({ trigger, placement = 'bottom end', ...rest }: MenuProps<T>) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover placement={placement} className={classes(popoverClasses, 'min-w-52')}>
        <AriaMenu {...rest} className="p-1 outline-none" />
      </Popover>
    </MenuTrigger>
  );
}

export interface MenuItemProps extends Omit<AriaMenuItemProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  icon?: ReactNode;
  tone?: 'plain' | 'bad';
}

export function MenuItem({ children, icon, tone = 'plain', ...rest }: MenuItemProps) {
  const text = typeof children === 'string' ? { textValue: children } : {};
  return (
    <AriaMenuItem {...text} {...rest} className={classes(itemClasses, tone === 'bad' && 'text-bad')}>
      {({ isSelected, selectionMode }) => (
        <>
          {selectionMode === 'none' ? icon : <Check size={18} aria-hidden className={classes(!isSelected && 'invisible')} />}
          <span className="grow">{children}</span>
        </>
      )}
    </AriaMenuItem>
  );
}

export interface MenuSectionProps<T extends object> extends Pick<AriaMenuProps<T>, 'selectionMode' | 'selectedKeys' | 'onSelectionChange' | 'disallowEmptySelection'> {
  title: string;
  children: ReactNode;
}

/** A named part of a menu; with a selection mode of its own its items are choices. */
export function MenuSection<T extends object>({ title, children, ...rest }: MenuSectionProps<T>) {
  return (
    <AriaMenuSection {...rest}>
      <Header className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-2">{title}</Header>
      {children}
    </AriaMenuSection>
  );
}

export function MenuSeparator() {
  return <Separator className="my-1 border-t border-line" />;
}
