import { isApiProblem, type ApiProblem } from '@lyceum/api-client';
import { useEnrolMutation, type CoursePage } from '@lyceum/api-client/course';
import type { CourseProgressView } from '@lyceum/api-client/progress';
import { useTranslation } from '@lyceum/i18n';
import { Button, LinkButton, Loading, ProgressRing, Skeleton } from '@lyceum/ui';
import { Play, RotateCcw } from 'lucide-react';
import { useEffect } from 'react';
import { useLocation } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { signInAddress } from '../session';
import type { CourseProgress } from './use-course-progress';

// Milliseconds between questions for a progress that is about to exist.
const PAUSE = 1000;

/** The one next step: sign in, enrol, start, go on, or look at it again. */
export function StartCard({ course, progress: { progress, isKnown, isSignedIn, ask } }: { course: CoursePage; progress: CourseProgress }) {
  const { t } = useTranslation('course');
  const { pathname } = useLocation();
  const [enrol, { error, isLoading, isSuccess }] = useEnrolMutation();
  const isComing = isSuccess && progress === null;
  useEffect(() => {
    if (!isComing) return undefined;
    const timer = setInterval(ask, PAUSE);
    return () => clearInterval(timer);
  });
  if (!isKnown) {
    return (
      <Loading>
        <Skeleton className="h-14 w-full" />
        <Skeleton className="mt-4 h-12 w-full" />
      </Loading>
    );
  }
  if (progress) return <GoOn progress={progress} />;
  if (!isSignedIn) {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-ink-2">{t('start.visitor')}</p>
        <LinkButton variant="primary" size="lg" href={signInAddress(pathname)}>
          {t('start.sign-in')}
        </LinkButton>
      </div>
    );
  }
  if (!course.open_for_enrolment) return <p className="text-ink-2">{t('start.closed')}</p>;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-2">{t('start.open')}</p>
      {error && <ProblemNotice problem={error} />}
      <Button variant="primary" size="lg" isPending={isLoading || isComing} onPress={() => void enrolUnlessThere(enrol({ courseId: course.id }).unwrap(), ask)}>
        {t('start.enrol')}
      </Button>
    </div>
  );
}

/** Whoever is enrolled already, in another window say, only needs the page to know it. The hook shows other problems. */
async function enrolUnlessThere(enrolling: Promise<unknown>, ask: () => void): Promise<void> {
  await enrolling.catch((problem: unknown) => {
    if (isApiProblem(problem) && isEnrolled(problem)) ask();
  });
}

function isEnrolled({ code }: ApiProblem): boolean {
  return code === 'course.enrolled-already';
}

function GoOn({ progress }: { progress: CourseProgressView }) {
  const { t } = useTranslation('course');
  const isDone = progress.completed_at !== null;
  const isNew = progress.remaining === progress.required && !isDone;
  const first = progress.sections[0]?.parts[0]?.parts[0]?.id;
  const page = progress.resume?.page_id ?? first;
  const text = isDone ? t('start.again') : isNew ? t('start.begin') : t('start.resume');
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-4">
        <ProgressRing label={t('progress')} value={progress.percentage} size={64} />
        <div className="min-w-0">
          <p className="font-medium">{isDone ? t('start.done') : t('start.left', { count: progress.remaining })}</p>
          {!isDone && progress.resume && (
            <p className="text-sm text-ink-2">
              {t('start.next')} <bdi>{progress.resume.title}</bdi>
            </p>
          )}
        </div>
      </div>
      {page !== undefined && (
        <LinkButton
          variant="primary"
          size="lg"
          href={`/learn/${progress.course_id}/${page}`}
          icon={isDone ? <RotateCcw size={18} aria-hidden /> : <Play size={18} aria-hidden className="rtl:rotate-180" />}
        >
          {text}
        </LinkButton>
      )}
    </div>
  );
}
