import type { StructureNode } from '@lyceum/api-client/course';
import type { PartSummary } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { Disclosure, DisclosureGroup, EmptyState, Link, Loading, ProgressRing, Skeleton } from '@lyceum/ui';
import { Circle, CircleCheck, ListTree, Lock } from 'lucide-react';

export interface OutlineProps {
  courseId: string;
  sections: readonly StructureNode[];
  /** How far each section is; empty for who does not take the course. */
  progress: readonly PartSummary[];
}

/** The sections of a course with what they ask for. Pages are links for those who take it. */
export function Outline({ courseId, sections, progress }: OutlineProps) {
  const { t } = useTranslation('course');
  const summaries = new Map(flat(progress).map((part) => [part.id, part]));
  if (sections.length === 0) return <EmptyState icon={<ListTree size={32} strokeWidth={1.5} aria-hidden />} title={t('empty')} />;
  return (
    <DisclosureGroup allowsMultipleExpanded defaultExpandedKeys={sections.slice(0, 1).map(({ id }) => id)}>
      {sections.map((section) => (
        <Disclosure key={section.id} id={section.id} title={<span dir="auto">{section.title}</span>} aside={<Effort section={section} summary={summaries.get(section.id)} />}>
          <ul className="flex flex-col gap-4">
            {(section.children ?? []).map((lesson) => (
              <li key={lesson.id}>
                <p className="font-medium">
                  <bdi>{lesson.title}</bdi>
                </p>
                <ul className="mt-1">
                  {(lesson.children ?? []).map((page) => (
                    <Page key={page.id} courseId={courseId} page={page} summary={summaries.get(page.id)} />
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </Disclosure>
      ))}
    </DisclosureGroup>
  );
}

function Page({ courseId, page, summary }: { courseId: string; page: StructureNode; summary: PartSummary | undefined }) {
  const { t } = useTranslation('course');
  const Icon = summary?.locked ? Lock : summary?.done ? CircleCheck : Circle;
  const state = summary?.locked ? t('page.locked') : summary?.done ? t('page.done') : '';
  return (
    <li className="flex min-h-11 items-center gap-3">
      <Icon size={18} aria-hidden className={summary?.done ? 'shrink-0 text-ok' : 'shrink-0 text-ink-2'} />
      {summary && !summary.locked ? (
        <Link look="plain" href={`/learn/${courseId}/${page.id}`} className="flex min-h-11 min-w-0 items-center no-underline data-hovered:text-accent data-hovered:underline">
          <span dir="auto">{page.title}</span>
        </Link>
      ) : (
        <span dir="auto">{page.title}</span>
      )}
      {state !== '' && <span className="sr-only">{state}</span>}
      {page.optional && <span className="text-sm text-ink-2">{t('page.optional')}</span>}
    </li>
  );
}

function Effort({ section, summary }: { section: StructureNode; summary: PartSummary | undefined }) {
  const { t } = useTranslation('course');
  const pages = (section.children ?? []).flatMap((lesson) => lesson.children ?? []);
  const exercises = pages.flatMap((page) => page.children ?? []).filter((block) => block.block_kind === 'problem').length;
  return (
    <span className="flex items-center gap-3">
      <span>
        {t('effort.pages', { count: pages.length })}
        {exercises > 0 && <span className="max-sm:hidden"> · {t('effort.exercises', { count: exercises })}</span>}
      </span>
      {summary && <ProgressRing label={t('progress')} value={summary.percentage} size={24} />}
    </span>
  );
}

export function OutlineSkeleton() {
  return (
    <Loading className="flex flex-col gap-px">
      {Array.from({ length: 3 }, (_, index) => (
        <Skeleton key={index} className="h-14 w-full" />
      ))}
    </Loading>
  );
}

function flat(parts: readonly PartSummary[]): PartSummary[] {
  return parts.flatMap((part) => [part, ...flat(part.parts)]);
}
