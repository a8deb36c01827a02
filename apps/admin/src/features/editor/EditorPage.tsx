import { useGetCourseQuery, useGetDraftQuery, type DraftView } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Breadcrumbs, Button, classes, EmptyState, ErrorState, LinkButton, Loading, PageBody, Skeleton } from '@lyceum/ui';
import { ArrowLeft, ListTree, Plus, Send } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useParams, useSearchParams } from 'react-router';

import { EditorContext, useEditor, type Asked } from './editor-context';
import { NodePanel } from './node/NodePanel';
import { Dialogs } from './outline/Dialogs';
import { OutlineTree } from './outline/OutlineTree';
import { Refused } from './outline/Refused';
import { useOutlineChanges } from './outline/use-outline';

const LearnersPage = lazy(async () => ({ default: (await import('./preview/LearnersPage')).LearnersPage }));

/** The editor of a course: its outline, and beside it what is open of it. */
export function EditorPage() {
  const { courseId = '' } = useParams();
  const course = useGetCourseQuery({ courseId });
  const draft = useGetDraftQuery({ courseId });
  if (course.currentData && draft.currentData) {
    return <Editing key={courseId} title={course.currentData.title} courseId={courseId} draft={draft.currentData} />;
  }
  const failed = [course, draft].find(({ error }) => error !== undefined);
  if (!failed) return <EditorSkeleton />;
  return (
    <PageBody>
      <ErrorState error={failed.error} isRetrying={failed.isFetching} onRetry={() => void failed.refetch()} />
    </PageBody>
  );
}

function Editing({ title, courseId, draft }: { title: string; courseId: string; draft: DraftView }) {
  const [query, setQuery] = useSearchParams();
  const [asked, setAsked] = useState<Asked | null>(null);
  const changing = useOutlineChanges(courseId);
  const selected = query.get('node');
  const select = (id: string | null) => setQuery(id === null ? {} : { node: id });
  return (
    <EditorContext value={{ courseId, draft, selected, select, ask: setAsked, ...changing }}>
      {selected !== null && query.get('view') === 'learner' ? (
        <Suspense fallback={<EditorSkeleton />}>
          <LearnersPage pageId={selected} />
        </Suspense>
      ) : (
        <Workbench title={title} />
      )}
      <Dialogs asked={asked} close={() => setAsked(null)} />
    </EditorContext>
  );
}

function Workbench({ title }: { title: string }) {
  const { t } = useTranslation('editor');
  const { courseId, draft, selected, select, ask } = useEditor();
  const addSection = () => ask({ what: 'add', kind: 'section', blockKind: null, parentId: null });
  const isOpen = selected !== null;
  return (
    <div className="flex flex-col px-4 py-6 sm:px-6">
      <Head title={title} courseId={courseId} />
      <div className="grid items-start gap-8 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
        {/* On a narrow screen either the outline or what is open of it. */}
        <section aria-label={t('outline.title')} className={classes('flex flex-col gap-3 lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto lg:pe-2', isOpen && 'max-lg:hidden')}>
          <Refused />
          {draft.sections.length === 0 ? (
            <EmptyState
              icon={<ListTree size={32} strokeWidth={1.5} aria-hidden />}
              title={t('outline.empty')}
              action={
                <Button variant="primary" icon={<Plus size={18} aria-hidden />} onPress={addSection}>
                  {t('add.section')}
                </Button>
              }
            >
              {t('outline.empty-detail')}
            </EmptyState>
          ) : (
            <>
              <OutlineTree />
              <Button icon={<Plus size={18} aria-hidden />} className="self-start" onPress={addSection}>
                {t('add.section')}
              </Button>
            </>
          )}
        </section>
        <div className={classes('min-w-0 max-w-4xl', !isOpen && 'max-lg:hidden')}>
          {isOpen && (
            <Button variant="quiet" icon={<ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />} className="mb-3 -ms-3 lg:hidden" onPress={() => select(null)}>
              {t('to-outline')}
            </Button>
          )}
          {(isOpen || draft.sections.length > 0) && <NodePanel />}
        </div>
      </div>
    </div>
  );
}

function Head({ title, courseId }: { title: string; courseId: string }) {
  const { t } = useTranslation('editor');
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-3 border-b border-line pb-5">
      <div className="min-w-0">
        <Breadcrumbs crumbs={[{ href: '/courses', title: t('courses') }, { href: `/courses/${courseId}`, title }, { href: null, title: t('title') }]} />
        <h1 tabIndex={-1} className="mt-2 text-2xl sm:text-3xl">
          <bdi>{title}</bdi>
        </h1>
      </div>
      <LinkButton variant="primary" href={`/courses/${courseId}`} icon={<Send size={18} aria-hidden className="rtl:-scale-x-100" />}>
        {t('publish')}
      </LinkButton>
    </header>
  );
}

function EditorSkeleton() {
  return (
    <Loading className="flex flex-col gap-6 px-4 py-6 sm:px-6">
      <Skeleton className="h-20 w-96 max-w-full" />
      <div className="grid gap-8 lg:grid-cols-[minmax(18rem,24rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-2">
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="h-10" />
          ))}
        </div>
        <Skeleton className="hidden h-96 lg:block" />
      </div>
    </Loading>
  );
}
