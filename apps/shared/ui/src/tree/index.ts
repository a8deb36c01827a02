export { useDragAndDrop, type DropTarget } from 'react-aria-components';
export { DropLine, Tree, TreeItem, type TreeItemProps, type TreeProps } from './Tree';
