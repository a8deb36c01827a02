import { useGetAttemptQuery, useGetQuizQuery, useStartAttemptMutation, type QuizStanding } from '@lyceum/api-client/assessment';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Button, Card, ErrorState, Link, Notice, PageBody, PageHeader, PageLoading, RichText } from '@lyceum/ui';
import { ArrowLeft } from 'lucide-react';
import { useParams, useSearchParams } from 'react-router';

import { ProblemNotice } from '../problem-notice';
import { useSession } from '../session';
import { Results } from './Results';
import { Running } from './Running';

// Where a lesson leads from: anything else in the address is nobody's way back.
const LESSON = /^\/learn\/[\w-]+\/[\w-]+$/;

/** A quiz: what to expect, then the attempt, then its results. Which attempt is open stands in the address. */
export function QuizPage() {
  const { quizId = '' } = useParams();
  const [query, setQuery] = useSearchParams();
  const from = query.get('from') ?? '';
  const open = (attempt: string) => setQuery(from === '' ? { attempt } : { from, attempt }, { replace: true });
  const { currentData: quiz, error, isFetching, refetch } = useGetQuizQuery({ quizId }, { refetchOnMountOrArgChange: true });
  const attemptId = query.get('attempt') ?? quiz?.running ?? null;
  const attempt = useGetAttemptQuery({ attemptId: attemptId ?? '' }, { skip: attemptId === null, refetchOnMountOrArgChange: true });
  const problem = error ?? (attemptId === null ? undefined : attempt.error);
  const again = () => {
    void refetch();
    if (attemptId !== null) void attempt.refetch();
  };
  if (problem) {
    return (
      <PageBody width="reading">
        <ErrorState error={problem} isRetrying={isFetching || attempt.isFetching} onRetry={again} />
      </PageBody>
    );
  }
  if (!quiz || (attemptId !== null && !attempt.currentData)) return <PageLoading />;
  return (
    <PageBody width="reading">
      <PageHeader above={LESSON.test(from) ? <Back to={from} /> : undefined} title={<span dir="auto">{quiz.title}</span>} />
      {attempt.currentData === undefined ? (
        <Introduction quiz={quiz} onOpen={open} />
      ) : attempt.currentData.state === 'in_progress' ? (
        <Running key={attempt.currentData.id} attempt={attempt.currentData} onEnd={() => void attempt.refetch()} onOpen={open} />
      ) : (
        <Results attempt={attempt.currentData} quiz={quiz} onStarted={open} />
      )}
    </PageBody>
  );
}

function Back({ to }: { to: string }) {
  const { t } = useTranslation('quiz');
  return (
    <Link href={to} className="inline-flex min-h-11 items-center gap-2">
      <ArrowLeft size={18} aria-hidden className="rtl:rotate-180" />
      {t('back')}
    </Link>
  );
}

function Introduction({ quiz, onOpen }: { quiz: QuizStanding; onOpen: (attempt: string) => void }) {
  const { t } = useTranslation('quiz');
  const format = useFormatting(useSession().session?.user.time_zone);
  const { latest } = quiz;
  return (
    <Card className="flex flex-col gap-5 p-5 sm:p-8">
      {quiz.introduction !== '' && <RichText html={quiz.introduction} />}
      <ul className="flex flex-col gap-2 text-ink-2">
        <li>{quiz.time_limit === null ? t('no-limit') : t('limit', { time: format.duration(quiz.time_limit) })}</li>
        {quiz.attempts_left !== null && <li>{t('attempts-left', { count: quiz.attempts_left })}</li>}
        {quiz.closes_at !== null && <li>{t('closes', { time: format.dateTime(quiz.closes_at) })}</li>}
        <li>{t('saved')}</li>
      </ul>
      <div className="flex flex-wrap items-end gap-3">
        <Start quiz={quiz} label={latest === null ? t('start') : t('start-again')} onStarted={onOpen} />
        {latest !== null && (
          <Button size="lg" onPress={() => onOpen(latest)}>
            {t('last-result')}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** The button for the next attempt, or why there is none. */
export function Start({ quiz, label, onStarted }: { quiz: QuizStanding; label: string; onStarted: (attempt: string) => void }) {
  const { t } = useTranslation('quiz');
  const format = useFormatting(useSession().session?.user.time_zone);
  const [start, { error, isLoading }] = useStartAttemptMutation();
  const texts = {
    not_open_yet: t('refusal.not-open-yet'), closed: t('refusal.closed'), in_progress: t('refusal.in-progress'),
    limit_reached: t('refusal.limit-reached'), too_soon: t('refusal.too-soon'),
  };
  if (quiz.refusal !== null) {
    return (
      <Notice>
        {texts[quiz.refusal]} {quiz.available_at !== null && format.dateTime(quiz.available_at)}
      </Notice>
    );
  }
  const begin = async () => {
    const started = await start({ quizId: quiz.id });
    if (started.data) onStarted(started.data.id);
  };
  return (
    <div className="flex flex-col items-start gap-4">
      {error && <ProblemNotice problem={error} />}
      <Button variant="primary" size="lg" isPending={isLoading} onPress={() => void begin()}>
        {label}
      </Button>
    </div>
  );
}
