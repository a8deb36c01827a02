import type { DraftNode, MoveRequest } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { IconButton, Menu, MenuItem, MenuSection, MenuSeparator } from '@lyceum/ui';
import { ArrowDown, ArrowUp, EllipsisVertical, Pencil, Plus, Trash2 } from 'lucide-react';

import { useEditor } from '../editor-context';
import { KindIcon } from './icons';
import { blockKinds, childOf } from './kinds';

export interface NodeMenuProps {
  node: DraftNode;
  /** Where a step up or down leads; null where there is no way on. */
  up: MoveRequest | null;
  down: MoveRequest | null;
  onMove: (request: MoveRequest) => void;
}

/** What can be done with a node, the moves included: dragging is only one way. */
export function NodeMenu({ node, up, down, onMove }: NodeMenuProps) {
  const { t } = useTranslation('editor');
  const { ask } = useEditor();
  const child = childOf[node.kind];
  const icon = { size: 18, 'aria-hidden': true } as const;
  return (
    <Menu
      trigger={
        <IconButton label={t('outline.menu', { title: node.title })} className="text-ink-2">
          <EllipsisVertical size={18} aria-hidden />
        </IconButton>
      }
    >
      {child !== null && child !== 'block' && (
        <MenuItem icon={<Plus {...icon} />} onAction={() => ask({ what: 'add', kind: child, blockKind: null, parentId: node.id })}>
          {t(`add.${child}`)}
        </MenuItem>
      )}
      {child === 'block' && (
        <MenuSection title={t('add.block')}>
          {blockKinds.map((kind) => (
            <MenuItem key={kind} icon={<KindIcon kind="block" blockKind={kind} />} onAction={() => ask({ what: 'add', kind: 'block', blockKind: kind, parentId: node.id })}>
              {t(`block.${kind}`)}
            </MenuItem>
          ))}
        </MenuSection>
      )}
      {child !== null && <MenuSeparator />}
      <MenuItem icon={<Pencil {...icon} />} onAction={() => ask({ what: 'rename', node })}>
        {t('rename')}
      </MenuItem>
      <MenuItem icon={<ArrowUp {...icon} />} isDisabled={up === null} onAction={() => up && onMove(up)}>
        {t('outline.up')}
      </MenuItem>
      <MenuItem icon={<ArrowDown {...icon} />} isDisabled={down === null} onAction={() => down && onMove(down)}>
        {t('outline.down')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem tone="bad" icon={<Trash2 {...icon} />} onAction={() => ask({ what: 'remove', node })}>
        {t('remove')}
      </MenuItem>
    </Menu>
  );
}
