import type { DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, EmptyState, Link } from '@lyceum/ui';
import { Plus } from 'lucide-react';

import { useEditor } from '../editor-context';
import { KindIcon } from '../outline/icons';
import { childOf } from '../outline/kinds';

/** What a section or a lesson holds, and a way to add to it. */
export function Inside({ node }: { node: DraftNode }) {
  const { t } = useTranslation('editor');
  const { ask, courseId } = useEditor();
  const child = childOf[node.kind];
  if (child === null) return null;
  const add = (
    <Button variant={node.children.length === 0 ? 'primary' : 'secondary'} icon={<Plus size={18} aria-hidden />} onPress={() => ask({ what: 'add', kind: child, blockKind: null, parentId: node.id })}>
      {t(`add.${child}`)}
    </Button>
  );
  if (node.children.length === 0) {
    return (
      <EmptyState icon={<KindIcon kind={child} blockKind={null} size={32} />} title={t(`nothing.${node.kind}`)} action={add}>
        {t(`nothing-detail.${node.kind}`)}
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col items-start gap-4">
      <Card className="w-full">
        <ul className="divide-y divide-line">
          {node.children.map((one) => (
            <li key={one.id} className="flex items-center gap-3 px-4 py-2.5">
              <span className="text-ink-2">
                <KindIcon kind={one.kind} blockKind={one.block_kind} />
              </span>
              <Link look="plain" href={`/courses/${courseId}/edit?node=${one.id}`} className="min-w-0 grow py-1.5 hover:underline">
                <bdi>{one.title}</bdi>
              </Link>
              <span className="shrink-0 text-sm text-ink-2">{t(`count.${childOf[one.kind] ?? 'block'}`, { count: one.children.length })}</span>
            </li>
          ))}
        </ul>
      </Card>
      {add}
    </div>
  );
}
