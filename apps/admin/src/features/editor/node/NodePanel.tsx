import { placeOf, type DraftNode } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Button, EmptyState, IconButton, Option, Select, Switch } from '@lyceum/ui';
import { ChevronRight, Pencil, Trash2 } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';

import { useEditor } from '../editor-context';
import { KindIcon } from '../outline/icons';
import { pathTo } from '../outline/moves';
import { PlaceOfRules } from '../rules/PlaceOfRules';
import { BlockPanel } from './BlockPanel';
import { Inside } from './Inside';
import { PagePanel } from './PagePanel';

const RulesPanel = lazy(async () => ({ default: (await import('../rules/RulesPanel')).RulesPanel }));

/** What is open beside the outline. */
export function NodePanel() {
  const { t } = useTranslation('editor');
  const { draft, selected, select } = useEditor();
  const node = selected === null ? undefined : placeOf(draft.sections, selected)?.node;
  if (!node) {
    return (
      <EmptyState title={selected === null ? t('choose') : t('gone')} {...(selected === null ? {} : { action: <Button onPress={() => select(null)}>{t('to-outline')}</Button> })}>
        {selected === null ? t('choose-detail') : t('gone-detail')}
      </EmptyState>
    );
  }
  return (
    <article className="flex flex-col gap-6">
      <Head key={node.id} node={node} />
      {node.kind === 'block' ? <BlockPanel nodeId={node.id} /> : node.kind === 'page' ? <PagePanel page={node} /> : <Inside node={node} />}
    </article>
  );
}

// Where the outline and what is open of it don't stand side by side.
const NARROW = '(width < 64rem)';

function Head({ node }: { node: DraftNode }) {
  const { t } = useTranslation('editor');
  const { draft, select, ask } = useEditor();
  const way = pathTo(draft.sections, node.id).slice(0, -1);
  const heading = useRef<HTMLHeadingElement>(null);
  // Who goes through the outline stays there; where it gave way to this, or what was pressed is gone, reading goes on here.
  useEffect(() => {
    if (document.activeElement === document.body || globalThis.matchMedia(NARROW).matches) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <header className="flex flex-col gap-3">
      {way.length > 0 && (
        <ol aria-label={t('way')} className="flex flex-wrap items-center gap-1 text-sm">
          {way.map(({ id, title }, index) => (
            <li key={id} className="flex min-w-0 items-center gap-1">
              <Button variant="quiet" className="-mx-2 max-w-60 px-2! text-sm! text-ink-2" onPress={() => select(id)}>
                <bdi className="truncate">{title}</bdi>
              </Button>
              {index < way.length - 1 && <ChevronRight size={14} aria-hidden className="shrink-0 text-ink-2 rtl:rotate-180" />}
            </li>
          ))}
        </ol>
      )}
      <div className="flex items-start gap-3">
        <span className="grid size-11 shrink-0 place-items-center rounded-md bg-accent-soft text-accent">
          <KindIcon kind={node.kind} blockKind={node.block_kind} size={22} />
        </span>
        <div className="min-w-0 grow">
          <p className="text-sm text-ink-2">{node.block_kind === null ? t(`kind.${node.kind}`) : t(`block.${node.block_kind}`)}</p>
          <h2 ref={heading} tabIndex={-1} className="text-2xl outline-none">
            <bdi>{node.title}</bdi>
          </h2>
        </div>
        <IconButton label={t('rename')} onPress={() => ask({ what: 'rename', node })}>
          <Pencil size={18} aria-hidden />
        </IconButton>
        <IconButton label={t('remove')} onPress={() => ask({ what: 'remove', node })}>
          <Trash2 size={18} aria-hidden />
        </IconButton>
      </div>
      <Settings node={node} />
      <Suspense fallback={<PlaceOfRules />}>
        <RulesPanel node={node} />
      </Suspense>
    </header>
  );
}

const visibilities = ['visible', 'hidden', 'draft'] as const;

function Settings({ node }: { node: DraftNode }) {
  const { t } = useTranslation('editor');
  const { change } = useEditor();
  const edit = (changes: Partial<Pick<DraftNode, 'visibility' | 'optional'>>) => void change({ what: 'edit', title: node.title, nodeId: node.id, edit: changes });
  return (
    <div className="flex flex-wrap items-center gap-x-8 gap-y-3">
      <Select
        label={t('visibility.label')}
        hideLabel
        value={node.visibility}
        onChange={(key) => {
          const visibility = visibilities.find((one) => one === key);
          if (visibility && visibility !== node.visibility) edit({ visibility });
        }}
        className="w-64"
      >
        {visibilities.map((one) => (
          <Option key={one} id={one}>
            {t(`visibility.${one}-long`)}
          </Option>
        ))}
      </Select>
      <Switch isSelected={node.optional} onChange={(optional) => edit({ optional })}>
        {t('optional')}
      </Switch>
    </div>
  );
}
