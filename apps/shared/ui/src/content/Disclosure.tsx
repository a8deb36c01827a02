import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button, Disclosure as AriaDisclosure, DisclosureGroup as AriaDisclosureGroup, DisclosurePanel, Heading,
  type DisclosureGroupProps as AriaDisclosureGroupProps, type DisclosureProps as AriaDisclosureProps,
} from 'react-aria-components';

export interface DisclosureProps extends Omit<AriaDisclosureProps, 'className' | 'style' | 'children'> {
  title: ReactNode;
  /** At the end of the title's line, such as how much is in it. */
  aside?: ReactNode;
  level?: 2 | 3 | 4;
  children: ReactNode;
}

/** A title that opens what is below it. */
export function Disclosure({ title, aside, level = 3, children, ...rest }: DisclosureProps) {
  return (
    <AriaDisclosure {...rest} className="group/disclosure border-line not-last:border-b">
      <Heading level={level} className="font-sans">
        <Button slot="trigger" className="flex min-h-14 w-full cursor-pointer items-center gap-3 px-4 py-3 text-start text-base font-medium tracking-normal -outline-offset-3 data-hovered:bg-sunken/60">
          <ChevronDown size={20} aria-hidden className="shrink-0 -rotate-90 text-ink-2 transition-transform group-data-expanded/disclosure:rotate-0 rtl:rotate-90" />
          <span className="min-w-0 grow">{title}</span>
          {aside !== undefined && <span className="shrink-0 text-sm font-normal text-ink-2">{aside}</span>}
        </Button>
      </Heading>
      <DisclosurePanel>
        <div className="pt-1 pe-4 pb-4 ps-12">{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  );
}

/** Disclosures in one frame. */
export function DisclosureGroup(props: Omit<AriaDisclosureGroupProps, 'className' | 'style'>) {
  return <AriaDisclosureGroup {...props} className="overflow-hidden rounded-lg border border-line bg-raised" />;
}
