import { ifMatch } from '@lyceum/api-client';
import { useChangeQuizMutation, useGetQuizContentQuery, type QuizView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { ErrorState, Notice, toast } from '@lyceum/ui';
import { AllAtOnce } from '@lyceum/ui/all-at-once';
import { useState } from 'react';

import type { ProblemContent } from '../blocks/contents';
import { isConflict } from '../outline/use-outline';
import { PlaceOfBlock } from '../preview/PlaceOfBlock';
import type { ItemType } from './items';
import { NewQuestion } from './NewQuestion';
import { QuestionTypes } from './QuestionTypes';
import { Questions } from './Questions';
import { QuizSettingsForm } from './QuizSettingsForm';
import { withItem, type QuizContent } from './quizzes';

interface ProblemProps {
  courseId: string;
  title: string;
  content: ProblemContent;
  onChange: (content: ProblemContent) => void;
}

/** The questions that a block asks. The first one makes the quiz that the block refers to. */
export function Problem({ courseId, title, content, onChange }: ProblemProps) {
  const { t } = useTranslation('editor');
  const [type, setType] = useState<ItemType | null>(null);
  if (content.quiz_id !== null) {
    return (
      <AllAtOnce key={content.quiz_id}>
        <Quiz courseId={courseId} quizId={content.quiz_id} />
      </AllAtOnce>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Notice title={t('problem.none')}>
        <p>{t('problem.none-detail')}</p>
      </Notice>
      {type === null ? <QuestionTypes onChoose={setType} /> : <NewQuestion courseId={courseId} type={type} title={title} quiz={null} onDone={(quizId) => onChange({ ...content, quiz_id: quizId })} />}
    </div>
  );
}

function Quiz({ courseId, quizId }: { courseId: string; quizId: string }) {
  const { currentData: quiz, error, isFetching, refetch } = useGetQuizContentQuery({ quizId });
  if (quiz) return <QuizEditor courseId={courseId} quiz={quiz} onStale={() => void refetch()} />;
  if (error) return <ErrorState error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  return <PlaceOfBlock />;
}

function QuizEditor({ courseId, quiz, onStale }: { courseId: string; quiz: QuizView; onStale: () => void }) {
  const { t } = useTranslation('editor');
  const content = quiz.content as QuizContent;
  const [type, setType] = useState<ItemType | null>(null);
  const [isAsking, setAsking] = useState(false);
  const [change] = useChangeQuizMutation();
  const replace = async (next: QuizContent): Promise<boolean> => {
    const { error } = await change({ quizId: quiz.id, 'If-Match': ifMatch(quiz.version), quizChange: { content: { ...next } } });
    if (!error) return true;
    if (isConflict(error)) onStale();
    toast({ tone: 'bad', title: isConflict(error) ? t('problem.changed') : t('refused'), ...('detail' in error && error.detail !== '' ? { detail: error.detail } : {}) });
    return false;
  };
  const isNew = type !== null;
  return (
    <div className="flex flex-col gap-6">
      <Questions courseId={courseId} content={content} onChange={replace} onAdd={() => setAsking(true)} />
      {isAsking && !isNew && (
        <QuestionTypes
          onChoose={(chosen) => {
            setType(chosen);
            setAsking(false);
          }}
        />
      )}
      {isNew && (
        <NewQuestion
          key={type}
          courseId={courseId}
          type={type}
          title={content.title}
          quiz={{ content, add: (itemId) => replace(withItem(content, itemId)) }}
          onDone={() => setType(null)}
        />
      )}
      <QuizSettingsForm quiz={quiz} onStale={onStale} />
    </div>
  );
}
