import { ArrowDown, ArrowUp } from 'lucide-react';
import { useContext, type ReactNode } from 'react';
import {
  Cell as AriaCell, Column as AriaColumn, Row as AriaRow, Table as AriaTable, TableBody as AriaTableBody, TableHeader as AriaTableHeader, TableStateContext,
  type CellProps as AriaCellProps, type ColumnProps as AriaColumnProps, type RowProps as AriaRowProps,
  type TableBodyProps, type TableHeaderProps, type TableProps as AriaTableProps,
} from 'react-aria-components';

import { classes } from '../classes';

export interface TableProps extends Omit<AriaTableProps, 'className' | 'style' | 'aria-label'> {
  label: string;
}

/**
 * Rows and columns; arrow keys go from cell to cell. On a narrow screen a row is a list of its cells, each with the name of
 * its column; where it is still too wide, it scrolls by itself, not with the page.
 */
export function Table({ label, ...rest }: TableProps) {
  return (
    <div className="overflow-x-auto rounded-lg border border-line bg-raised">
      <AriaTable {...rest} aria-label={label} className="w-full border-collapse text-start text-base tabular-nums max-sm:block" />
    </div>
  );
}

export function TableHeader<T extends object>(props: Omit<TableHeaderProps<T>, 'className' | 'style'>) {
  return <AriaTableHeader {...props} className="border-b border-line bg-sunken max-sm:hidden" />;
}

export interface ColumnProps extends Omit<AriaColumnProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  align?: 'start' | 'end';
}

export function Column({ children, align = 'start', ...rest }: ColumnProps) {
  return (
    <AriaColumn {...rest} {...(typeof children === 'string' ? { textValue: children } : {})} className={classes('px-4 py-3 text-sm font-semibold whitespace-nowrap text-ink-2 -outline-offset-3 data-allows-sorting:cursor-pointer', align === 'end' ? 'text-end' : 'text-start')}>
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
  return <AriaTableBody {...props} className="data-empty:text-center max-sm:block" />;
}

export function Row<T extends object>(props: Omit<AriaRowProps<T>, 'className' | 'style'>) {
  return (
    <AriaRow
      {...props}
      className="border-b border-line -outline-offset-3 transition-colors last:border-0 max-sm:block max-sm:px-4 max-sm:py-3 data-href:cursor-pointer data-hovered:bg-sunken/60 data-selected:bg-accent-soft"
    />
  );
}

export interface CellProps extends Omit<AriaCellProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  align?: 'start' | 'end';
}

export function Cell({ align = 'start', children, ...rest }: CellProps) {
  return (
    <AriaCell {...rest} {...(typeof children === 'string' ? { textValue: children } : {})} className={classes('px-4 py-3 -outline-offset-3 max-sm:block max-sm:p-0', align === 'end' && 'sm:text-end')}>
      {({ columnIndex }) => <OfColumn index={columnIndex ?? 0}>{children}</OfColumn>}
    </AriaCell>
  );
}

/** On a narrow screen the name of the column stands before the cell, or above what does not fit beside it. */
function OfColumn({ index, children }: { index: number; children: ReactNode }) {
  const name = useContext(TableStateContext)?.collection.columns[index]?.textValue;
  return (
    <div
      data-column={name}
      className="max-sm:flex max-sm:min-h-8 max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:before:w-24 max-sm:before:shrink-0 max-sm:before:text-sm max-sm:before:text-ink-2 max-sm:before:content-[attr(data-column)]"
    >
      {children}
    </div>
  );
}
