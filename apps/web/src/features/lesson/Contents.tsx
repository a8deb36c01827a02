import type { OutlineNode, ProgressOutline } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { classes, Link, Loading, ProgressBar, Skeleton } from '@lyceum/ui';
import { Circle, CircleCheck, Lock } from 'lucide-react';

/** The pages of the course at the side, with what is done; on narrow screens only the bar. */
export function Contents({ courseId, pageId, outline }: { courseId: string; pageId: string; outline: ProgressOutline | null }) {
  const { t } = useTranslation('lesson');
  return (
    <aside aria-label={t('contents')} className="sticky top-16 hidden h-[calc(100dvh-4rem)] w-72 shrink-0 overflow-y-auto border-e border-line px-5 py-8 lg:block">
      {outline === null ? (
        <Loading className="flex flex-col gap-4">
          <Skeleton className="h-12" />
          <Skeleton className="h-44" />
        </Loading>
      ) : (
        <>
          <p dir="auto" className="mb-4 font-serif text-lg font-semibold">
            {outline.title}
          </p>
          <ProgressBar label={t('progress')} value={outline.percentage} />
          {outline.sections.map((section) => (
            <section key={section.id} className="mt-6">
              <h2 dir="auto" className="mb-1 font-sans text-sm font-semibold text-ink-2">
                {section.title}
              </h2>
              <ul>
                {(section.children ?? []).flatMap((lesson) => lesson.children ?? []).map((page) => (
                  <PageLink key={page.id} courseId={courseId} page={page} isCurrent={page.id === pageId} />
                ))}
              </ul>
            </section>
          ))}
        </>
      )}
    </aside>
  );
}

function PageLink({ courseId, page, isCurrent }: { courseId: string; page: OutlineNode; isCurrent: boolean }) {
  const { t } = useTranslation('lesson');
  const Icon = page.locked ? Lock : page.done ? CircleCheck : Circle;
  const look = classes('flex min-h-11 items-center gap-3 rounded-md px-2 text-sm', isCurrent && 'bg-accent-soft font-medium text-accent');
  const inside = (
    <>
      <Icon size={16} aria-hidden className={classes('shrink-0', page.done ? 'text-ok' : 'text-ink-2')} />
      <span dir="auto" className="min-w-0">
        {page.title}
      </span>
      {page.done && <span className="sr-only">{t('done')}</span>}
    </>
  );
  return (
    <li>
      {page.locked ? (
        <span className={classes(look, 'text-ink-2')}>
          {inside}
          <span className="sr-only">{t('locked')}</span>
        </span>
      ) : (
        <Link look="plain" href={`/learn/${courseId}/${page.id}`} aria-current={isCurrent ? 'page' : undefined} className={classes(look, 'no-underline data-hovered:bg-sunken')}>
          {inside}
        </Link>
      )}
    </li>
  );
}
