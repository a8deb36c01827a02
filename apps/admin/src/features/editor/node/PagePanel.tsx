import type { DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, Card, EmptyState, LinkButton, Menu, MenuItem } from '@lyceum/ui';
import { AllAtOnce } from '@lyceum/ui/all-at-once';
import { Eye, FileText, Pencil, Plus } from 'lucide-react';
import { lazy, Suspense } from 'react';

import { useEditor } from '../editor-context';
import { KindIcon } from '../outline/icons';
import { blockKinds } from '../outline/kinds';
import { PlaceOfBlock } from '../preview/PlaceOfBlock';

const ShownBlock = lazy(async () => ({ default: (await import('../preview/ShownBlock')).ShownBlock }));

/** A page with its blocks as learners see them, each with a way to change it. */
export function PagePanel({ page }: { page: DraftNode }) {
  const { t } = useTranslation('editor');
  const { courseId } = useEditor();
  const blocks = page.children;
  if (blocks.length === 0) {
    return (
      <EmptyState icon={<FileText size={32} strokeWidth={1.5} aria-hidden />} title={t('nothing.page')} action={<AddBlock page={page} isFirst />}>
        {t('nothing-detail.page')}
      </EmptyState>
    );
  }
  return (
    <AllAtOnce key={page.id} className="flex flex-col gap-5">
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`/courses/${courseId}/edit?node=${page.id}&view=learner`} icon={<Eye size={18} aria-hidden />}>
          {t('view-as-learner')}
        </LinkButton>
      </div>
      {blocks.map((block) => (
        <Card key={block.id} as="section">
          <div className="flex items-center gap-3 border-b border-line py-1 ps-4 pe-1.5">
            <span className="text-ink-2">
              <KindIcon kind="block" blockKind={block.block_kind} />
            </span>
            <h3 className="min-w-0 grow truncate font-sans text-base font-medium">
              <bdi>{block.title}</bdi>
            </h3>
            <LinkButton variant="quiet" href={`/courses/${courseId}/edit?node=${block.id}`} icon={<Pencil size={16} aria-hidden />} aria-label={t('edit-block', { title: block.title })}>
              {t('edit')}
            </LinkButton>
          </div>
          <div className="p-4 sm:p-5">
            <Suspense fallback={<PlaceOfBlock size={block.block_kind === 'problem' ? 'quiz' : 'lines'} />}>
              <ShownBlock courseId={courseId} block={block} />
            </Suspense>
          </div>
        </Card>
      ))}
      <div>
        <AddBlock page={page} />
      </div>
    </AllAtOnce>
  );
}

function AddBlock({ page, isFirst = false }: { page: DraftNode; isFirst?: boolean }) {
  const { t } = useTranslation('editor');
  const { ask } = useEditor();
  return (
    <Menu
      placement="bottom start"
      trigger={
        <Button variant={isFirst ? 'primary' : 'secondary'} icon={<Plus size={18} aria-hidden />}>
          {t('add.block')}
        </Button>
      }
    >
      {blockKinds.map((kind) => (
        <MenuItem key={kind} icon={<KindIcon kind="block" blockKind={kind} />} onAction={() => ask({ what: 'add', kind: 'block', blockKind: kind, parentId: page.id })}>
          {t(`block.${kind}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
