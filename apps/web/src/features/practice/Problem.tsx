import { isApiProblem } from '@lyceum/api-client';
import { useGetAttemptQuery, useGetQuizQuery, type QuizStanding } from '@lyceum/api-client/assessment';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Button, ErrorState, LinkButton, Notice, RichText } from '@lyceum/ui';
import { CircleCheck, ListChecks } from 'lucide-react';
import { useState } from 'react';
import { useLocation } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { PlaceOfQuestion } from '../question-place';
import { Practice } from './Practice';
import { useAttempt } from './use-attempt';

export interface ProblemProps {
  quizId: string;
  /** Whether the course counts it as done. */
  isDone: boolean;
  /** Something may have changed how far the learner is. */
  onProgress: () => void;
}

/** A problem in the text: practice is done right here, a quiz on a page of its own. */
export function Problem({ quizId, isDone, onProgress }: ProblemProps) {
  const [since] = useState(() => Date.now());
  const { currentData: quiz, error, isFetching, refetch, fulfilledTimeStamp = 0 } = useGetQuizQuery({ quizId }, { refetchOnMountOrArgChange: true });
  const isCurrent = fulfilledTimeStamp >= since;
  // What was known before will do where it names an attempt; to start one it must be asked again.
  const isUseful = quiz !== undefined && (error === undefined || isCurrent || quiz.latest !== null);
  if (isUseful && quiz.mode === 'quiz') return <QuizCard quiz={quiz} isDone={isDone} />;
  if (isUseful) return <InText quiz={quiz} isCurrent={isCurrent} isAsked={isFetching} isDone={isDone} onProgress={onProgress} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfQuestion />;
}

interface InTextProps extends Omit<ProblemProps, 'quizId'> {
  quiz: QuizStanding;
  /** The server has said so since the page was opened. */
  isCurrent: boolean;
  /** It is being asked again. */
  isAsked: boolean;
}

/**
 * A practice, open at once: to read a question costs nothing. Not where a clock would begin to run, or hand it in unanswered: that
 * counts as an answer, so there the learner decides when.
 */
function InText({ quiz, isCurrent, isAsked, isDone, onProgress }: InTextProps) {
  const { t } = useTranslation('practice');
  const hasClock = quiz.time_limit !== null || quiz.closes_at !== null;
  const { attemptId, problem, isStarting, start } = useAttempt(quiz, isCurrent && !hasClock, isAsked);
  const [isAgain, setAgain] = useState(false);
  const { currentData: attempt, error: lost, isFetching, refetch } = useGetAttemptQuery({ attemptId: attemptId ?? '' }, { skip: attemptId === null });
  if (attempt) {
    const again = () => {
      setAgain(true);
      start();
    };
    return (
      <>
        {quiz.introduction !== '' && <RichText html={quiz.introduction} />}
        <Practice key={attempt.id} attempt={attempt} takesFocus={isAgain} onProgress={onProgress}>
          {problem !== null && <ProblemNotice problem={problem} />}
          {quiz.refusal === null || quiz.refusal === 'in_progress' ? (
            <Button isPending={isStarting || quiz.refusal !== null} onPress={again}>
              {t('again')}
            </Button>
          ) : (
            <Refusal quiz={quiz} />
          )}
        </Practice>
      </>
    );
  }
  if (lost) return <ErrorState error={lost} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (attemptId !== null || !isCurrent) return <PlaceOfQuestion />;
  if (quiz.refusal !== null) return <Refusal quiz={quiz} />;
  if (isApiProblem(problem) && problem.code === 'assessment.quiz-not-ready') return <Notice>{t('not-ready')}</Notice>;
  if (!hasClock) return problem === null ? <PlaceOfQuestion /> : <ErrorState error={problem} isRetrying={isStarting} onRetry={start} />;
  return (
    <div className="flex flex-wrap items-center gap-4">
      {isDone && <Done />}
      <Button variant={isDone ? 'secondary' : 'primary'} isPending={isStarting} onPress={start}>
        {isDone ? t('again') : t('start')}
      </Button>
      {problem !== null && <ProblemNotice problem={problem} />}
    </div>
  );
}

/** Why no attempt can be started now, and when one can. */
function Refusal({ quiz }: { quiz: QuizStanding }) {
  const { t } = useTranslation('practice');
  const format = useFormatting();
  const texts = {
    not_open_yet: t('refusal.not-open-yet'), closed: t('refusal.closed'), in_progress: t('refusal.in-progress'),
    limit_reached: t('refusal.limit-reached'), too_soon: t('refusal.too-soon'),
  };
  if (quiz.refusal === null) return null;
  return (
    <Notice>
      {texts[quiz.refusal]} {quiz.available_at !== null && format.dateTime(quiz.available_at)}
    </Notice>
  );
}

function Done() {
  const { t } = useTranslation('practice');
  return (
    <Badge tone="ok" icon={<CircleCheck size={16} aria-hidden />}>
      {t('done')}
    </Badge>
  );
}

function QuizCard({ quiz, isDone }: { quiz: QuizStanding; isDone: boolean }) {
  const { t } = useTranslation('practice');
  const { pathname } = useLocation();
  return (
    <div className="flex flex-wrap items-center gap-4">
      <ListChecks size={24} aria-hidden className="text-accent" />
      <p className="min-w-0 grow basis-56">{t('quiz.lead')}</p>
      {isDone && <Done />}
      <LinkButton variant={isDone ? 'secondary' : 'primary'} href={`/quizzes/${quiz.id}?${new URLSearchParams({ from: pathname }).toString()}`}>
        {quiz.running === null ? t('quiz.open') : t('quiz.resume')}
      </LinkButton>
    </div>
  );
}
