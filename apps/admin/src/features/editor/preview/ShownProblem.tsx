import { useGetItemQuery, useGetQuizContentQuery } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Card, ErrorState, Notice, RichText } from '@lyceum/ui';
import { ClipboardList } from 'lucide-react';

import { ItemPreview } from '../questions/ItemPreview';
import type { Item } from '../questions/items';
import type { QuizContent } from '../questions/quizzes';
import { withAddresses } from './addresses';
import { PlaceOfBlock } from './PlaceOfBlock';

/** The questions of a block, to be tried without being anybody's attempt. */
export function ShownProblem({ courseId, quizId }: { courseId: string; quizId: string }) {
  const { t } = useTranslation('editor');
  const { currentData: quiz, error, isFetching, refetch } = useGetQuizContentQuery({ quizId });
  if (error && !quiz) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  if (!quiz) return <PlaceOfBlock size="quiz" />;
  const { introduction, sections, settings } = quiz.content as QuizContent;
  const isEmpty = sections.every(({ entries }) => entries.length === 0);
  return (
    <div className="flex flex-col gap-6">
      {settings.mode === 'quiz' && (
        <p className="flex items-start gap-2 text-sm text-ink-2">
          <ClipboardList size={18} aria-hidden className="mt-0.5 shrink-0 text-accent" />
          {t('learner.quiz')}
        </p>
      )}
      {introduction !== '' && <RichText html={withAddresses(courseId, introduction)} />}
      {isEmpty && <Notice tone="warn">{t('problem.no-questions')}</Notice>}
      {sections.map((section, s) => (
        <div key={s} className="flex flex-col gap-6 empty:hidden">
          {section.introduction !== '' && <RichText html={withAddresses(courseId, section.introduction)} />}
          {section.entries.map((entry, e) =>
            entry.kind === 'item' ? (
              <Card key={entry.item_id} className="p-5">
                <One courseId={courseId} itemId={entry.item_id} />
              </Card>
            ) : (
              <Notice key={e}>{t('problem.draw', { count: entry.count })}</Notice>
            ),
          )}
        </div>
      ))}
    </div>
  );
}

function One({ courseId, itemId }: { courseId: string; itemId: string }) {
  const { currentData: item, error, isFetching, refetch } = useGetItemQuery({ itemId });
  if (item) return <ItemPreview courseId={courseId} item={item.content as Item} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfBlock size="question" />;
}
