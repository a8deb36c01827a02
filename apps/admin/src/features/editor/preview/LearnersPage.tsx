import { placeOf, useGetCourseQuery, useGetOutlineQuery } from '@lyceum/api-client/course';
import { useTranslation } from '@lyceum/i18n';
import { Badge, Breadcrumbs, EmptyState, LinkButton, Notice, OutsideLink, PageBody } from '@lyceum/ui';
import { AllAtOnce } from '@lyceum/ui/all-at-once';
import { ArrowLeft, ArrowRight, ExternalLink } from 'lucide-react';

import { useEditor } from '../editor-context';
import { pathTo, walk } from '../outline/moves';
import { ShownBlock } from './ShownBlock';

/** A page of the draft as a learner will read it, with the way from page to page. What learners don't see is left out. */
export function LearnersPage({ pageId }: { pageId: string }) {
  const { t } = useTranslation('editor');
  const { courseId, draft } = useEditor();
  const page = placeOf(draft.sections, pageId)?.node;
  const isSeen = (id: string) => pathTo(draft.sections, id).every(({ visibility }) => visibility === 'visible');
  const pages = walk(draft.sections).filter(({ kind, id }) => kind === 'page' && isSeen(id));
  const at = pages.findIndex(({ id }) => id === pageId);
  const [before, after] = at < 0 ? [] : [pages[at - 1], pages[at + 1]];
  const address = (id: string) => `/courses/${courseId}/edit?node=${id}&view=learner`;
  const crumbs = pathTo(draft.sections, pageId).slice(0, -1).map(({ title }) => ({ href: null, title }));
  return (
    <>
      <div className="sticky top-16 z-20 flex flex-wrap items-center gap-3 border-b border-line bg-accent-soft px-4 py-2 sm:px-6">
        <p className="grow font-medium">{t('learner.title')}</p>
        <Published pageId={pageId} />
        <LinkButton href={`/courses/${courseId}/edit?node=${pageId}`} icon={<ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />}>
          {t('learner.back')}
        </LinkButton>
      </div>
      <PageBody width="reading">
        {page?.kind !== 'page' ? (
          <EmptyState title={t('gone')}>{t('gone-detail')}</EmptyState>
        ) : (
          <>
            <Breadcrumbs crumbs={crumbs} />
            <h1 tabIndex={-1} className="mt-3 mb-8 text-3xl sm:text-4xl">
              <bdi>{page.title}</bdi>
            </h1>
            {at < 0 && <Notice tone="warn">{t('learner.hidden')}</Notice>}
            <AllAtOnce key={pageId}>
              <div className="flex flex-col gap-10">
                {page.children
                  .filter(({ visibility }) => visibility === 'visible')
                  .map((block) => (
                    <section key={block.id} aria-label={block.title}>
                      {block.title !== page.title && (
                        <h2 className="mb-3 flex flex-wrap items-center gap-3 text-xl">
                          <span dir="auto">{block.title}</span>
                          {block.optional && <Badge>{t('optional')}</Badge>}
                        </h2>
                      )}
                      <ShownBlock courseId={courseId} block={block} />
                    </section>
                  ))}
              </div>
              <nav aria-label={t('learner.pages')} className="mt-14 flex flex-wrap justify-between gap-4 border-t border-line pt-6">
                {before ? (
                  <LinkButton href={address(before.id)} icon={<ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />}>
                    {t('learner.previous')}
                  </LinkButton>
                ) : (
                  <span />
                )}
                {after && (
                  <LinkButton variant="primary" href={address(after.id)}>
                    {t('learner.next')}
                    <ArrowRight size={18} aria-hidden className="rtl:rotate-180" />
                  </LinkButton>
                )}
              </nav>
            </AllAtOnce>
          </>
        )}
      </PageBody>
    </>
  );
}

/** The way to the page in the Web App, where learners have it already. */
function Published({ pageId }: { pageId: string }) {
  const { t } = useTranslation('editor');
  const { courseId } = useEditor();
  const { currentData: course } = useGetCourseQuery({ courseId });
  const isPublished = course !== undefined && course.published_number !== null;
  const { currentData: outline } = useGetOutlineQuery({ courseId }, { skip: !isPublished });
  const pages = outline?.sections.flatMap((section) => section.children ?? []).flatMap((lesson) => lesson.children ?? []);
  if (!pages?.some(({ id }) => id === pageId)) return null;
  return (
    <OutsideLink variant="quiet" href={`/learn/${courseId}/${pageId}`} icon={<ExternalLink size={18} aria-hidden />}>
      {t('learner.published')}
    </OutsideLink>
  );
}
