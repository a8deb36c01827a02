import type { StructureNode } from '@lyceum/api-client/course';
import type { PartSummary } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { Disclosure, DisclosureGroup, EmptyState, Link, Loading, ProgressRing, Skeleton } from '@lyceum/ui';
import { Circle, CircleCheck, ListTree, Lock } from 'lucide-react';

import { Due, duties, type Duty } from '../due';

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
        <Disclosure key={section.id} id={section.id} title={<Titled title={section.title} duty={section} isLeft={isLeft(summaries.get(section.id))} />} aside={<Effort section={section} summary={summaries.get(section.id)} />}>
          <ul className="flex flex-col gap-4">
            {(section.children ?? []).map((lesson) => (
              <li key={lesson.id}>
                <div className="font-medium">
                  <Titled title={lesson.title} duty={duties(lesson, [section])} isLeft={isLeft(summaries.get(lesson.id))} />
                </div>
                <ul className="mt-1">
                  {(lesson.children ?? []).map((page) => (
                    <Page key={page.id} courseId={courseId} page={page} duty={duties(page, [section, lesson])} summary={summaries.get(page.id)} />
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

function Titled({ title, duty, isLeft }: { title: string; duty: Duty; isLeft: boolean }) {
  return (
    <>
      <span className="block">
        <bdi>{title}</bdi>
      </span>
      <Due duty={duty} isLeft={isLeft} className="mt-1" />
    </>
  );
}

interface PageProps {
  courseId: string;
  page: StructureNode;
  duty: Duty;
  summary: PartSummary | undefined;
}

function Page({ courseId, page, duty, summary }: PageProps) {
  const { t } = useTranslation('course');
  const Icon = summary?.locked ? Lock : summary?.done ? CircleCheck : Circle;
  const state = summary?.locked ? t('page.locked') : summary?.done ? t('page.done') : '';
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3">
      <Icon size={18} aria-hidden className={summary?.done ? 'shrink-0 text-ok' : 'shrink-0 text-ink-2'} />
      {summary && !summary.locked ? (
        <Link look="plain" href={`/learn/${courseId}/${page.id}`} className="flex min-h-11 min-w-0 flex-1 items-center no-underline data-hovered:text-accent data-hovered:underline">
          <bdi>{page.title}</bdi>
        </Link>
      ) : (
        <span className="min-w-0 flex-1">
          <bdi>{page.title}</bdi>
        </span>
      )}
      {state !== '' && <span className="sr-only">{state}</span>}
      {page.optional && <span className="text-sm text-ink-2">{t('page.optional')}</span>}
      <Due duty={duty} isLeft={isLeft(summary)} className="w-full ps-7.5 pb-2" />
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

/** Whoever does not take the course has nothing left to do in it. */
function isLeft(summary: PartSummary | undefined): boolean {
  return summary?.done === false;
}

function flat(parts: readonly PartSummary[]): PartSummary[] {
  return parts.flatMap((part) => [part, ...flat(part.parts)]);
}
