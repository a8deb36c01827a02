import type { OutlineNode, ProgressOutline } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { Button, classes, Link, Loading, ProgressBar, SearchField, Skeleton } from '@lyceum/ui';
import { Circle, CircleCheck, ListTree, Lock } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';

import { Due, duties, type Duty } from '../due';
import { pagesWith } from './pages-with';

// What overlays need comes when it is opened first.
const Drawer = lazy(() => import('./ContentsOverlay'));

export interface ContentsProps {
  courseId: string;
  pageId: string;
  outline: ProgressOutline | null;
}

/** The pages of the course at the side, with what is done. */
export function Contents(props: ContentsProps) {
  const { t } = useTranslation('lesson');
  return (
    <aside aria-label={t('contents')} className="hidden w-76 shrink-0 border-e border-line lg:block">
      <div className="sticky top-16 max-h-[calc(100dvh-4rem)] overflow-y-auto px-5 py-8">
        <Inside {...props} />
      </div>
    </aside>
  );
}

/** The same where there is no room at the side: a button with how far one is, which opens it over the page. */
export function ContentsDrawer(props: ContentsProps) {
  const { t } = useTranslation('lesson');
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => {
    setOpen(true);
    setWasOpened(true);
  };
  return (
    <div className="mb-6 flex items-center gap-4 lg:hidden">
      <Button icon={<ListTree size={18} aria-hidden />} aria-expanded={isOpen} onPress={open}>
        {t('contents')}
      </Button>
      <div className="min-w-0 grow">{props.outline ? <ProgressBar label={t('progress')} value={props.outline.percentage} /> : <Skeleton className="h-8" />}</div>
      {wasOpened && (
        <Suspense>
          <Drawer label={t('contents')} isOpen={isOpen} onOpenChange={setOpen} className="lg:hidden">
            <div className="px-2 pb-6">
              <Inside {...props} />
            </div>
          </Drawer>
        </Suspense>
      )}
    </div>
  );
}

function Inside({ courseId, pageId, outline }: ContentsProps) {
  const { t } = useTranslation('lesson');
  const [text, setText] = useState('');
  if (outline === null) {
    return (
      <Loading className="flex flex-col gap-4">
        <Skeleton className="h-12" />
        <Skeleton className="h-44" />
      </Loading>
    );
  }
  const wanted = text.trim();
  return (
    <>
      <p className="mb-4 font-serif text-lg font-semibold">
        <bdi>{outline.title}</bdi>
      </p>
      <ProgressBar label={t('progress')} value={outline.percentage} />
      <SearchField label={t('search')} placeholder={t('search')} value={text} onChange={setText} className="mt-5" />
      {wanted === '' ? (
        outline.sections.map((section) => (
          <section key={section.id} className="mt-6">
            <h2 className="mb-1 font-sans text-sm font-semibold text-ink-2">
              <bdi>{section.title}</bdi>
            </h2>
            <Due duty={section} isLeft={!section.done} className="mb-2" />
            <ul>
              {(section.children ?? []).flatMap((lesson) => (lesson.children ?? []).map((page) => (
                <PageLink key={page.id} courseId={courseId} page={page} isCurrent={page.id === pageId} duty={dutyIn(section, lesson, page)} />
              )))}
            </ul>
          </section>
        ))
      ) : (
        <Found courseId={courseId} pageId={pageId} outline={outline} text={wanted} />
      )}
    </>
  );
}

/** What is left to say of a page below the name of its section: lessons have no line of their own here. */
function dutyIn(section: OutlineNode, lesson: OutlineNode, page: OutlineNode): Duty {
  return duties({ due_at: page.due_at ?? lesson.due_at ?? null, graded: (page.graded ?? false) || (lesson.graded ?? false) }, [section]);
}

function Found({ courseId, pageId, outline, text }: { courseId: string; pageId: string; outline: ProgressOutline; text: string }) {
  const { t } = useTranslation('lesson');
  const found = pagesWith(outline, text);
  return (
    <div className="mt-4">
      <p role="status" className="mb-2 text-sm text-ink-2">
        {found.length === 0 ? t('found-none') : t('found', { count: found.length })}
      </p>
      <ul>
        {found.map(({ page, block, section }) => (
          <PageLink key={page.id} courseId={courseId} page={page} isCurrent={page.id === pageId} block={block} below={section} />
        ))}
      </ul>
    </div>
  );
}

interface PageLinkProps {
  courseId: string;
  page: OutlineNode;
  isCurrent: boolean;
  /** The part of the page to go to. */
  block?: OutlineNode | null;
  /** Where the page is, in small below its title. */
  below?: string;
  duty?: Duty;
}

function PageLink({ courseId, page, isCurrent, block = null, below, duty = {} }: PageLinkProps) {
  const { t } = useTranslation('lesson');
  const frame = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isCurrent) frame.current?.scrollIntoView({ block: 'nearest' });
  }, [isCurrent]);
  const Icon = page.locked ? Lock : page.done ? CircleCheck : Circle;
  const look = classes('flex min-h-11 items-center gap-3 rounded-md px-2 py-1.5 text-sm', isCurrent && 'bg-accent-soft font-medium text-accent');
  const inside = (
    <>
      <Icon size={16} aria-hidden className={classes('shrink-0', page.done ? 'text-ok' : 'text-ink-2')} />
      <span className="min-w-0">
        <span className="block">
          <bdi>{block?.title ?? page.title}</bdi>
        </span>
        {below !== undefined && (
          <span className="block text-xs text-ink-2">
            <bdi>{block ? `${below} › ${page.title}` : below}</bdi>
          </span>
        )}
        <Due duty={duty} isLeft={!page.done} />
      </span>
      {page.done && <span className="sr-only">{t('done')}</span>}
    </>
  );
  return (
    <li ref={frame}>
      {page.locked ? (
        <span className={classes(look, 'text-ink-2')}>
          {inside}
          <span className="sr-only">{t('locked')}</span>
        </span>
      ) : (
        <Link look="plain" href={`/learn/${courseId}/${page.id}${block ? `#${block.id}` : ''}`} aria-current={isCurrent ? 'page' : undefined} className={classes(look, 'no-underline data-hovered:bg-sunken')}>
          {inside}
        </Link>
      )}
    </li>
  );
}
