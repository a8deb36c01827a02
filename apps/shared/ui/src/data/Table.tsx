import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell as AriaCell, Column as AriaColumn, Row as AriaRow, Table as AriaTable, TableBody as AriaTableBody, TableHeader as AriaTableHeader,
  type CellProps as AriaCellProps, type ColumnProps as AriaColumnProps, type RowProps as AriaRowProps,
  type TableBodyProps, type TableHeaderProps, type TableProps as AriaTableProps,
} from 'react-aria-components';

import { classes } from '../classes';

export interface TableProps extends Omit<AriaTableProps, 'className' | 'style' | 'aria-label'> {
  label: string;
}

/** Rows and columns; arrow keys go from cell to cell. On a narrow screen it scrolls by itself, not with the page. */
export function Table({ label, ...rest }: TableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-raised">
      <AriaTable {...rest} aria-label={label} className="w-full border-collapse text-start text-base tabular-nums" />
    </div>
  );
}

export function TableHeader<T extends object>(props: Omit<TableHeaderProps<T>, 'className' | 'style'>) {
  return <AriaTableHeader {...props} className="border-b border-line bg-sunken" />;
}

export interface ColumnProps extends Omit<AriaColumnProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  align?: 'start' | 'end';
}

export function Column({ children, align = 'start', ...rest }: ColumnProps) {
  return (
    <AriaColumn {...rest} className={classes('px-4 py-3 text-sm font-semibold whitespace-nowrap text-ink-2 -outline-offset-3 data-allows-sorting:cursor-pointer', align === 'end' ? 'text-end' : 'text-start')}>
      {({ allowsSorting, sortDirection }) => (
        <span className={classes('inline-flex items-center gap-1', sortDirection && 'text-ink')}>
          {children}
          {allowsSorting &&
            (sortDirection === 'descending' ? <ArrowDown size={16} aria-hidden /> : <ArrowUp size={16} aria-hidden className={classes(!sortDirection && 'invisible')} />)}
        </span>
      )}
    </AriaColumn>
  );
}

export function TableBody<T extends object>(props: Omit<TableBodyProps<T>, 'className' | 'style'>) {
  return <AriaTableBody {...props} className="data-empty:text-center" />;
}

export function Row<T extends object>(props: Omit<AriaRowProps<T>, 'className' | 'style'>) {
  return (
    <AriaRow
      {...props}
      className="border-b border-line -outline-offset-3 transition-colors last:border-0 data-href:cursor-pointer data-hovered:bg-sunken/60 data-selected:bg-accent-soft"
    />
  );
}

export interface CellProps extends Omit<AriaCellProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  align?: 'start' | 'end';
}

export function Cell({ align = 'start', ...rest }: CellProps) {
  return <AriaCell {...rest} className={classes('px-4 py-3 -outline-offset-3', align === 'end' && 'text-end')} />;
}
