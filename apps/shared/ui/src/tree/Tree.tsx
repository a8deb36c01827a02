import { ChevronRight, GripVertical } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button, Collection, DropIndicator, Tree as AriaTree, TreeItem as AriaTreeItem, TreeItemContent, type DragAndDropHooks, type DropTarget, type Key,
} from 'react-aria-components';

import { classes } from '../classes';

export interface TreeProps<T extends object> {
  label: string;
  items: readonly T[];
  /** Draws an item, with `TreeItem`. */
  children: (item: T) => ReactNode;
  selected: Key | null;
  onSelect: (key: Key) => void;
  expanded: ReadonlySet<Key>;
  onExpandedChange: (keys: Set<Key>) => void;
  /** From `useDragAndDrop`; without it nothing can be dragged. */
  dragAndDropHooks?: DragAndDropHooks<T>;
}

/** Things inside each other. Arrow keys go through it, Enter chooses; with hooks its items can be dragged, by keyboard as well. */
export function Tree<T extends object>({ label, items, children, selected, onSelect, expanded, onExpandedChange, dragAndDropHooks }: TreeProps<T>) {
  return (
    <AriaTree
      aria-label={label}
      items={items}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={selected === null ? [] : [selected]}
      onSelectionChange={(keys) => {
        const [key] = keys === 'all' ? [] : keys;
        if (key !== undefined) onSelect(key);
      }}
      expandedKeys={expanded}
      onExpandedChange={onExpandedChange}
      {...(dragAndDropHooks ? { dragAndDropHooks } : {})}
      className="flex flex-col outline-none"
    >
      {children}
    </AriaTree>
  );
}

export interface TreeItemProps<T extends object> {
  id: Key;
  /** Its words, for those who hear it and for finding it by typing. */
  textValue: string;
  icon: ReactNode;
  /** What it shows beside its icon. */
  title: ReactNode;
  /** At its end, such as a menu. */
  actions?: ReactNode;
  /** What is inside it. */
  items: readonly T[];
  children: (item: T) => ReactNode;
}

const indents = ['', 'ps-1', 'ps-5', 'ps-9', 'ps-13'];
const handleClasses = 'grid h-11 w-6 shrink-0 cursor-grab place-items-center rounded-sm text-ink-2 opacity-0 group-hover/row:opacity-100 group-data-focus-visible-within/row:opacity-100 data-focus-visible:opacity-100 pointer-coarse:opacity-100';

export function TreeItem<T extends object>({ id, textValue, icon, title, actions, items, children }: TreeItemProps<T>) {
  return (
    <AriaTreeItem
      id={id}
      textValue={textValue}
      className="group/row cursor-pointer rounded-md outline-none data-drop-target:bg-accent-soft data-drop-target:inset-ring-2 data-drop-target:inset-ring-accent data-dragging:opacity-50 data-focus-visible:outline-3 data-focus-visible:-outline-offset-3 data-focus-visible:outline-focus data-hovered:bg-sunken data-selected:bg-accent-soft"
    >
      <TreeItemContent>
        {({ level, hasChildItems, isExpanded, allowsDragging, isSelected }) => (
          <div className={classes('flex min-h-11 items-center', indents[level] ?? indents.at(-1))}>
            {allowsDragging && (
              <Button slot="drag" className={handleClasses}>
                <GripVertical size={16} aria-hidden />
              </Button>
            )}
            {hasChildItems ? (
              <Button slot="chevron" className="grid h-11 w-7 shrink-0 cursor-pointer place-items-center rounded-sm text-ink-2 data-hovered:text-ink">
                <ChevronRight size={18} aria-hidden className={classes('transition-transform', isExpanded ? 'rotate-90' : 'rtl:rotate-180')} />
              </Button>
            ) : (
              <span className="w-7 shrink-0" />
            )}
            <span className={classes('me-2 shrink-0', isSelected ? 'text-accent' : 'text-ink-2')}>{icon}</span>
            <span className={classes('min-w-0 grow py-2', isSelected && 'font-medium')}>{title}</span>
            {actions}
          </div>
        )}
      </TreeItemContent>
      <Collection items={items}>{children}</Collection>
    </AriaTreeItem>
  );
}

/** A line where what is dragged would go. For `renderDropIndicator` of `useDragAndDrop`. */
export function DropLine({ target }: { target: DropTarget }) {
  return <DropIndicator target={target} className="h-0 outline-none data-drop-target:border-t-3 data-drop-target:border-accent" />;
}
