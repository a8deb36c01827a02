import type { AttemptView, QuizStanding } from '@lyceum/api-client/assessment';
import { useFormatting, useTranslation } from '@lyceum/i18n';
import { Badge, Card, Notice } from '@lyceum/ui';

import { Question, Review, valueOf } from '../questions';
import { Start } from './QuizPage';

/** What came out, as far as the quiz tells it in this phase, question by question. */
export function Results({ attempt, quiz, onStarted }: { attempt: AttemptView; quiz: QuizStanding; onStarted: (attempt: string) => void }) {
  const { t } = useTranslation('quiz');
  const format = useFormatting();
  const { total } = attempt;
  return (
    <div className="flex flex-col gap-6">
      <Card as="section" className="flex flex-col items-start gap-3 p-5 sm:p-8">
        <h2 className="text-2xl">{t('results.title')}</h2>
        {attempt.submitted_by === 'clock' && <Notice>{t('results.clock')}</Notice>}
        {total === null ? (
          <p className="text-ink-2">{attempt.state === 'graded' ? t('results.later') : t('results.grading')}</p>
        ) : (
          <>
            <p className="font-serif text-3xl font-semibold tabular-nums">
              {t('results.score', { score: format.number(Number(total.score)), of: format.number(Number(total.max_score)) })}
            </p>
            {total.passed !== null && <Badge tone={total.passed ? 'ok' : 'warn'}>{total.passed ? t('results.passed') : t('results.failed')}</Badge>}
          </>
        )}
      </Card>
      <ol className="flex flex-col gap-6">
        {attempt.sections.flatMap(({ slots }) => slots).map((slot, index, all) => (
          <Card as="li" key={slot.slot} className="flex flex-col gap-4 p-5 sm:p-8">
            <h3 className="font-sans text-sm font-semibold text-ink-2">{t('question', { number: index + 1, of: all.length })}</h3>
            <Question item={slot.item} value={valueOf(slot)} onChange={() => undefined} isReadOnly />
            {slot.item.review && <Review review={slot.item.review} options={slot.item.options} />}
          </Card>
        ))}
      </ol>
      {quiz.attempts_left !== 0 && <Start quiz={quiz} label={t('start-again')} onStarted={onStarted} />}
    </div>
  );
}
