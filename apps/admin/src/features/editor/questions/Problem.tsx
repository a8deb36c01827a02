import { ifMatch, isApiProblem } from '@lyceum/api-client';
import { useChangeQuizMutation, useCreateQuizMutation, useGetQuizContentQuery, type QuizView } from '@lyceum/api-client/assessment';
import { useTranslation } from '@lyceum/i18n';
import { Button, ErrorState, Notice, toast } from '@lyceum/ui';
import { Library } from 'lucide-react';
import { AllAtOnce } from '@lyceum/ui/all-at-once';
import { lazy, Suspense, useState } from 'react';

import type { ProblemContent } from '../blocks/contents';
import { isConflict } from '../outline/use-outline';
import { PlaceOfBlock } from '../preview/PlaceOfBlock';
import type { ItemType } from './items';
import { NewQuestion } from './NewQuestion';
import { QuestionTypes } from './QuestionTypes';
import { Questions } from './Questions';
import { QuizSettingsForm } from './QuizSettingsForm';
import { itemEntry, practiceOf, withEntry, type Entry, type QuizContent } from './quizzes';

// Most questions are written: what looks for others comes when it is asked for.
const FromBank = lazy(async () => ({ default: (await import('./FromBank')).FromBank }));
const nothing: ReadonlySet<string> = new Set();

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
  const [isBank, setBank] = useState(false);
  const [createQuiz] = useCreateQuizMutation();
  const begin = async (entry: Entry): Promise<boolean> => {
    const { data, error } = await createQuiz({ quizRequest: { course_id: courseId, content: practiceOf(title, entry) } });
    if (data) onChange({ ...content, quiz_id: data.id });
    else toast({ tone: 'bad', title: t('refused'), ...detailOf(error) });
    return data !== undefined;
  };
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
      {isBank ? (
        <Suspense fallback={<PlaceOfBlock />}>
          <FromBank courseId={courseId} taken={nothing} onTake={begin} onClose={() => setBank(false)} />
        </Suspense>
      ) : type === null ? (
        <>
          <QuestionTypes onChoose={setType} />
          <Button icon={<Library size={18} aria-hidden />} className="self-start" onPress={() => setBank(true)}>
            {t('bank.open')}
          </Button>
        </>
      ) : (
        <NewQuestion courseId={courseId} type={type} title={title} quiz={null} onDone={(quizId) => onChange({ ...content, quiz_id: quizId })} />
      )}
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
  const [asking, setAsking] = useState<'type' | 'bank' | null>(null);
  const [change] = useChangeQuizMutation();
  const replace = async (next: QuizContent): Promise<boolean> => {
    const { error } = await change({ quizId: quiz.id, 'If-Match': ifMatch(quiz.version), quizChange: { content: { ...next } } });
    if (!error) return true;
    if (isConflict(error)) onStale();
    toast({ tone: 'bad', title: isConflict(error) ? t('problem.changed') : t('refused'), ...detailOf(error) });
    return false;
  };
  const isNew = type !== null;
  const taken = new Set(content.sections.flatMap(({ entries }) => entries).flatMap((entry) => (entry.kind === 'item' ? [entry.item_id] : [])));
  return (
    <div className="flex flex-col gap-6">
      <Questions courseId={courseId} content={content} onChange={replace} onAdd={() => setAsking('type')} onBank={() => setAsking('bank')} />
      {asking === 'type' && !isNew && (
        <QuestionTypes
          onChoose={(chosen) => {
            setType(chosen);
            setAsking(null);
          }}
        />
      )}
      {asking === 'bank' && !isNew && (
        <Suspense fallback={<PlaceOfBlock />}>
          <FromBank courseId={courseId} taken={taken} onTake={(entry) => replace(withEntry(content, entry))} onClose={() => setAsking(null)} />
        </Suspense>
      )}
      {isNew && (
        <NewQuestion
          key={type}
          courseId={courseId}
          type={type}
          title={content.title}
          quiz={{ content, add: (itemId) => replace(withEntry(content, itemEntry(itemId))) }}
          onDone={() => setType(null)}
        />
      )}
      <QuizSettingsForm quiz={quiz} onStale={onStale} />
    </div>
  );
}

function detailOf(error: unknown): { detail?: string } {
  if (!isApiProblem(error)) return {};
  const detail = [error.detail, ...error.errors.map((one) => one.detail)].filter(Boolean).join(' ');
  return detail === '' ? {} : { detail };
}
