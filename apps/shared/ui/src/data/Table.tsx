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
  /** It has more columns than fit on a tablet: rows become lists earlier. */
  isWide?: boolean;
}

/**
 * Rows and columns; arrow keys go from cell to cell. Where there is little room a row is a list of its cells, each with the
 * name of its column; what is still too wide scrolls by itself, not with the page.
 */
export function Table({ label, isWide = false, ...rest }: TableProps) {
  return (
    <div className={classes('overflow-x-auto rounded-lg border border-line bg-raised', isWide ? '@container/wide-table' : '@container/table')}>
      <AriaTable {...rest} aria-label={label} className="w-full border-collapse text-start text-base tabular-nums stacked:block" />
    </div>
  );
}

export function TableHeader<T extends object>(props: Omit<TableHeaderProps<T>, 'className' | 'style'>) {
  return <AriaTableHeader {...props} className="border-b border-line bg-sunken stacked:hidden" />;
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
  return <AriaTableBody {...props} className="data-empty:text-center stacked:block" />;
}

export function Row<T extends object>(props: Omit<AriaRowProps<T>, 'className' | 'style'>) {
  return (
    <AriaRow
      {...props}
      className="border-b border-line -outline-offset-3 transition-colors last:border-0 stacked:block stacked:px-4 stacked:py-3 data-href:cursor-pointer data-hovered:bg-sunken/60 data-selected:bg-accent-soft"
    />
  );
}

export interface CellProps extends Omit<AriaCellProps, 'className' | 'style' | 'children'> {
  children: ReactNode;
  align?: 'start' | 'end';
}

export function Cell({ align = 'start', children, ...rest }: CellProps) {
  return (
    <AriaCell {...rest} {...(typeof children === 'string' ? { textValue: children } : {})} className={classes('px-4 py-3 -outline-offset-3 stacked:block stacked:p-0', align === 'end' && 'text-end stacked:text-start')}>
      {({ columnIndex }) => <OfColumn index={columnIndex ?? 0}>{children}</OfColumn>}
    </AriaCell>
  );
}

/** Where there is little room the name of the column stands before the cell, or above what does not fit beside it. */
function OfColumn({ index, children }: { index: number; children: ReactNode }) {
  const name = useContext(TableStateContext)?.collection.columns[index]?.textValue;
  return (
    <div
      data-column={name}
      className="stacked:flex stacked:min-h-8 stacked:flex-wrap stacked:items-center stacked:gap-x-3 stacked:before:w-24 stacked:before:shrink-0 stacked:before:text-sm stacked:before:text-ink-2 stacked:before:content-[attr(data-column)]"
    >
      {children}
    </div>
  );
}
