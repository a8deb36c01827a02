import type { DraftNode } from '@lyceum/api-client/course';
import { placeOf } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge, type Key } from '@lyceum/ui';
import { DropLine, Tree, TreeItem, useDragAndDrop, type DropTarget } from '@lyceum/ui/tree';
import { useRef, useState } from 'react';

import { useEditor } from '../editor-context';
import { KindIcon } from './icons';
import { parentOf, type Kind } from './kinds';
import { accepts, dropped, pathTo, stepped } from './moves';
import { NodeMenu } from './NodeMenu';

const typeOf = (kind: Kind) => `lyceum/${kind}`;
const kinds = Object.keys(parentOf) as Kind[];

/** The outline as a tree, to go through, to choose from and to put in order. */
export function OutlineTree() {
  const { t } = useTranslation('editor');
  const { draft, selected, select, change } = useEditor();
  const { sections } = draft;
  const [opened, setOpened] = useState<Set<Key>>(() => new Set(sections.map(({ id }) => id)));
  const [news, setNews] = useState('');
  const way = selected === null ? [] : pathTo(sections, selected).slice(0, -1);
  // What is open on the page is in sight here, wherever the choice came from.
  const [seen, setSeen] = useState<string | null>(null);
  if (selected !== seen && (selected === null || way.length > 0 || placeOf(sections, selected))) {
    setSeen(selected);
    setOpened(new Set([...opened, ...way.map(({ id }) => id)]));
  }

  const move = async (id: string, request: ReturnType<typeof dropped>) => {
    const node = placeOf(sections, id)?.node;
    if (!request || !node) return;
    if (request.parent_id) setOpened((now) => new Set([...now, request.parent_id as Key]));
    if (!(await change({ what: 'move', title: node.title, request }))) return;
    const place = request.parent_id ? placeOf(sections, request.parent_id)?.node.title : undefined;
    const position = (request.position ?? 0) + 1;
    setNews(place === undefined ? t('outline.moved', { title: node.title, position }) : t('outline.moved-into', { title: node.title, position, parent: place }));
  };
  const drop = (keys: ReadonlySet<Key>, target: DropTarget) => {
    const [key] = keys;
    if (key !== undefined && target.type === 'item') void move(String(key), dropped(sections, String(key), { ...target, key: String(target.key) }));
  };

  const dragged = useRef<string | null>(null);
  const { dragAndDropHooks } = useDragAndDrop<DraftNode>({
    onDragStart: ({ keys: [key] }) => {
      dragged.current = key === undefined ? null : String(key);
    },
    onDragEnd: () => {
      dragged.current = null;
    },
    getItems: (keys) =>
      [...keys].map((key) => {
        const node = placeOf(sections, String(key))?.node;
        return { [typeOf(node?.kind ?? 'block')]: String(key), 'text/plain': node?.title ?? '' };
      }),
    acceptedDragTypes: kinds.map(typeOf),
    getDropOperation: (target, types) => {
      const kind = kinds.find((one) => types.has(typeOf(one)));
      if (!kind || target.type !== 'item') return 'cancel';
      const place = { ...target, key: String(target.key) };
      // Where a drop would leave everything as it is, none is offered; which part it is, is known once the drag has begun.
      const isMove = dragged.current === null ? accepts(sections, kind, place) : dropped(sections, dragged.current, place) !== null;
      return isMove ? 'move' : 'cancel';
    },
    onMove: ({ keys, target }) => drop(keys, target),
    renderDropIndicator: (target) => <DropLine target={target} />,
  });

  const item = (node: DraftNode) => (
    <TreeItem
      key={node.id}
      id={node.id}
      textValue={node.title}
      icon={<KindIcon kind={node.kind} blockKind={node.block_kind} />}
      title={<Title node={node} />}
      actions={<NodeMenu node={node} up={stepped(sections, node.id, -1)} down={stepped(sections, node.id, 1)} onMove={(request) => void move(node.id, request)} />}
      items={node.children}
    >
      {item}
    </TreeItem>
  );
  return (
    <>
      <Tree
        label={t('outline.title')}
        items={sections}
        selected={selected}
        onSelect={(key) => select(String(key))}
        expanded={opened}
        onExpandedChange={setOpened}
        dragAndDropHooks={dragAndDropHooks}
      >
        {item}
      </Tree>
      <p role="status" className="sr-only">
        {news}
      </p>
    </>
  );
}

function Title({ node }: { node: DraftNode }) {
  const { t } = useTranslation('editor');
  return (
    <span className="flex min-w-0 items-center gap-2">
      <bdi className="min-w-0 truncate">{node.title}</bdi>
      {node.visibility !== 'visible' && <Badge tone="warn">{t(`visibility.${node.visibility}`)}</Badge>}
    </span>
  );
}
