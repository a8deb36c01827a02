import { useExplainCourseProgressQuery, type UnmetRequirement } from '@lyceum/api-client/progress';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Disclosure, DisclosureGroup, ErrorState, Link, Loading, Skeleton } from '@lyceum/ui';
import { Lock, MoveRight } from 'lucide-react';
import { useState } from 'react';

import { Due, duties, type Duty } from '../due';

/** What is missing to the end of a course, in the order of the course. It is asked for when it is opened. */
export function WhatIsLeft({ courseId }: { courseId: string }) {
  const { t } = useTranslation('progress');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="mt-5">
      <DisclosureGroup>
        <Disclosure title={t('left.title')} isExpanded={isOpen} onExpandedChange={setOpen}>
          {isOpen && <List courseId={courseId} />}
        </Disclosure>
      </DisclosureGroup>
    </div>
  );
}

function List({ courseId }: { courseId: string }) {
  const { t } = useTranslation('progress');
  const { currentData, error, isFetching, refetch } = useExplainCourseProgressQuery({ courseId }, { refetchOnMountOrArgChange: true });
  if (error && !currentData) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!currentData) {
    return (
      <Loading className="flex flex-col gap-2">
        <Skeleton className="h-11" />
        <Skeleton className="h-11" />
      </Loading>
    );
  }
  if (currentData.unmet.length === 0) return <p className="text-ink-2">{t('left.nothing')}</p>;
  return (
    <ol className="flex flex-col gap-4">
      {byPlace(currentData.unmet).map(({ place, missing, duty }) => (
        <li key={missing[0]?.node_id}>
          {place !== '' && (
            <p className="text-sm text-ink-2">
              <bdi>{place}</bdi>
            </p>
          )}
          <Due duty={duty} isLeft className="mt-1" />
          <ol>
            {missing.map((requirement) => (
              <Missing key={requirement.node_id} courseId={courseId} requirement={requirement} duty={duties(requirement, [duty])} />
            ))}
          </ol>
        </li>
      ))}
    </ol>
  );
}

interface Group {
  place: string;
  missing: UnmetRequirement[];
  /** What holds for all of them. */
  duty: Duty;
}

/** What follows each other in the same place stands under its name once. */
function byPlace(unmet: readonly UnmetRequirement[]): Group[] {
  const groups: Group[] = [];
  for (const requirement of unmet) {
    const place = requirement.path.slice(0, -1).join(' › ');
    const last = groups.at(-1);
    const { due_at = null, graded = false } = requirement;
    if (last?.place === place) {
      last.missing.push(requirement);
      last.duty = { due_at: last.duty.due_at === due_at ? due_at : null, graded: graded && last.duty.graded === true };
    } else groups.push({ place, missing: [requirement], duty: { due_at, graded } });
  }
  return groups;
}

function Missing({ courseId, requirement, duty }: { courseId: string; requirement: UnmetRequirement; duty: Duty }) {
  const { t } = useTranslation('progress');
  const format = useFormatting();
  const { rule, path, locked, reached, needed, kind, node_id, page_id } = requirement;
  const of = { reached: format.percent(Number(reached ?? 0)), needed: format.percent(Number(needed ?? 0)) };
  const texts: Record<UnmetRequirement['rule'], string> = {
    viewed: t('left.viewed'), answered: t('left.answered'), score: t('left.score', of), all: t('left.all'), any: t('left.any'),
    'at-least': t('left.at-least', { count: Number(needed ?? 0) }), 'nothing-required': t('left.nothing-required'),
  };
  return (
    <li className="flex min-h-11 items-start gap-3 py-2">
      {locked ? <Lock size={18} aria-hidden className="mt-0.5 shrink-0 text-ink-2" /> : <MoveRight size={18} aria-hidden className="mt-0.5 shrink-0 text-ink-2 rtl:rotate-180" />}
      <span className="min-w-0">
        <bdi className="font-medium">
          {page_id && !locked ? <Link href={`/learn/${courseId}/${page_id}${kind === 'block' ? `#${node_id}` : ''}`}>{path.at(-1)}</Link> : path.at(-1)}
        </bdi>
        <span className="block text-sm text-ink-2">
          {texts[rule]}
          {locked && ` ${t('left.locked')}`}
        </span>
        <Due duty={duty} isLeft className="mt-1" />
      </span>
    </li>
  );
}
