import type { ReactNode } from 'react';
import {
  Tab as AriaTab, TabList as AriaTabList, TabPanel as AriaTabPanel, Tabs as AriaTabs,
  type TabPanelProps as AriaTabPanelProps, type TabProps as AriaTabProps, type TabsProps as AriaTabsProps,
} from 'react-aria-components';

import { classes } from '../classes';

export interface TabsProps extends Omit<AriaTabsProps, 'className' | 'style'> {
  className?: string;
}

/** Parts of one page of which one shows. Tabs that are pages of their own are links. */
export function Tabs({ className, ...rest }: TabsProps) {
  return <AriaTabs {...rest} className={classes('flex flex-col', className)} />;
}

export function TabList({ label, children }: { label: string; children: ReactNode }) {
  return (
    <AriaTabList aria-label={label} className="flex gap-6 overflow-x-auto border-b border-line">
      {children}
    </AriaTabList>
  );
}

export interface TabProps extends Omit<AriaTabProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
}

export function Tab(props: TabProps) {
  return (
    <AriaTab
      {...props}
      className="-mb-px flex min-h-11 cursor-pointer items-center gap-2 border-b-2 border-transparent px-0.5 font-medium whitespace-nowrap text-ink-2 -outline-offset-3 transition-colors data-hovered:text-ink data-selected:border-accent data-selected:text-accent"
    />
  );
}

export interface TabPanelProps extends Omit<AriaTabPanelProps, 'className' | 'style'> {
  children: ReactNode;
}

export function TabPanel(props: TabPanelProps) {
  return <AriaTabPanel {...props} className="rounded-sm pt-6" />;
}
