import { useGetAttemptQuery, useGetQuizQuery, useStartAttemptMutation, type QuizStanding } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Badge, Button, ErrorState, LinkButton, Loading, Notice, Skeleton } from '@lyceum/ui';
import { CircleCheck, ListChecks } from 'lucide-react';
import { useState } from 'react';

import { ProblemNotice } from '../problem-notice';
import { Practice } from './Practice';

export interface ProblemProps {
  quizId: string;
  /** Whether the course counts it as done. */
  isDone: boolean;
  /** Something may have changed how far the learner is. */
  onProgress: () => void;
}

/** A problem in the text: practice is done right here, a quiz on a page of its own. */
export function Problem({ quizId, isDone, onProgress }: ProblemProps) {
  const { currentData: quiz, error, isFetching, refetch } = useGetQuizQuery({ quizId });
  if (quiz) return quiz.mode === 'quiz' ? <QuizCard quiz={quiz} /> : <PracticeStart quiz={quiz} isDone={isDone} onProgress={onProgress} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfQuestion />;
}

/** As high as the button that comes most often. */
function PlaceOfQuestion() {
  return (
    <Loading>
      <Skeleton className="h-11 w-full" />
    </Loading>
  );
}

function PracticeStart({ quiz, isDone, onProgress }: { quiz: QuizStanding; isDone: boolean; onProgress: () => void }) {
  const { t } = useTranslation('questions');
  const [start, { data: started, error, isLoading }] = useStartAttemptMutation();
  // An attempt that is under way is gone on with; the one that was started here stays open after its end.
  const [running] = useState(quiz.running);
  const attemptId = started?.id ?? running;
  const { currentData: attempt, error: lost, isFetching, refetch } = useGetAttemptQuery({ attemptId: attemptId ?? '' }, { skip: attemptId === null });
  if (attempt) return <Practice key={attempt.id} attempt={attempt} onProgress={onProgress} onAgain={() => void start({ quizId: quiz.id })} />;
  if (lost) return <ErrorState error={lost} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (attemptId !== null) return <PlaceOfQuestion />;
  if (quiz.refusal !== null) return <Refusal quiz={quiz} />;
  return (
    <div className="flex flex-wrap items-center gap-4">
      {isDone && (
        <Badge tone="ok" icon={<CircleCheck size={16} aria-hidden />}>
          {t('done')}
        </Badge>
      )}
      <Button variant={isDone ? 'secondary' : 'primary'} isPending={isLoading} onPress={() => void start({ quizId: quiz.id })}>
        {isDone ? t('again') : t('start')}
      </Button>
      {error && <ProblemNotice problem={error} />}
    </div>
  );
}

/** Why no attempt can be started now. */
function Refusal({ quiz }: { quiz: QuizStanding }) {
  const { t } = useTranslation('questions');
  const texts = {
    not_open_yet: t('refusal.not-open-yet'), closed: t('refusal.closed'), in_progress: t('refusal.in-progress'),
    limit_reached: t('refusal.limit-reached'), too_soon: t('refusal.too-soon'),
  };
  return quiz.refusal === null ? null : <Notice>{texts[quiz.refusal]}</Notice>;
}

function QuizCard({ quiz }: { quiz: QuizStanding }) {
  const { t } = useTranslation('questions');
  return (
    <div className="flex flex-wrap items-center gap-4">
      <ListChecks size={24} aria-hidden className="text-accent" />
      <p className="min-w-0 grow">{t('quiz.lead')}</p>
      <LinkButton variant="primary" href={`/quizzes/${quiz.id}`}>
        {quiz.running === null ? t('quiz.open') : t('quiz.resume')}
      </LinkButton>
    </div>
  );
}
