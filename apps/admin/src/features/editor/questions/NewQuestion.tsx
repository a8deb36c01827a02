import { assessmentApi, useAddItemMutation, useCreateBankMutation, useCreateQuizMutation } from '@lyceum/api-client/assessment';
import type { AppStore } from '@lyceum/api-client';
import { useTranslation } from '@lyceum/i18n';
import { Card } from '@lyceum/ui';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useStore } from 'react-redux';

import { emptyItem, type Item, type ItemType } from './items';
import { itemEntry, practiceOf, type QuizContent } from './quizzes';
import { QuestionEditor } from './QuestionEditor';

export interface NewQuestionProps {
  courseId: string;
  type: ItemType;
  /** What the quiz and the bank are called. */
  title: string;
  /** The quiz that gets it; null makes one. */
  quiz: { content: QuizContent; add: (itemId: string) => Promise<boolean> } | null;
  onDone: (quizId: string) => void;
}

/** What has been made so far: after a failure the next try goes on from there, so that nothing is made twice. */
interface Made {
  bankId?: string;
  itemId?: string;
}

/** A question that is not anywhere yet. Saving puts it into a bank of the course, and from there into the quiz. */
export function NewQuestion({ courseId, type, title, quiz, onDone }: NewQuestionProps) {
  const { t } = useTranslation('editor');
  const store = useStore() as AppStore;
  const [createBank] = useCreateBankMutation();
  const [addItem] = useAddItemMutation();
  const [createQuiz] = useCreateQuizMutation();
  const made = useRef<Made>({});
  const [empty] = useState(() => emptyItem(type));
  const asked = useRef({ quiz, onDone });
  useEffect(() => {
    asked.current = { quiz, onDone };
  });
  const save = useCallback(
    async (item: Item) => {
      const goal = asked.current.quiz;
      made.current.bankId ??= (goal && (await bankOf(store, goal.content))) ?? (await createBank({ bankRequest: { course_id: courseId, title } }).unwrap()).id;
      made.current.itemId ??= (await addItem({ bankId: made.current.bankId, itemRequest: { content: { ...item } } }).unwrap()).id;
      if (goal === null) {
        const { id } = await createQuiz({ quizRequest: { course_id: courseId, content: practiceOf(title, itemEntry(made.current.itemId)) } }).unwrap();
        asked.current.onDone(id);
      } else if (await goal.add(made.current.itemId)) {
        asked.current.onDone('');
      } else {
        throw new Error('The quiz did not take the question');
      }
      return 1;
    },
    [addItem, courseId, createBank, createQuiz, store, title],
  );
  return (
    <Card as="section" className="p-4 sm:p-5">
      <h3 className="mb-4 text-xl">{t('question.new')}</h3>
      <QuestionEditor courseId={courseId} name={`new ${courseId} ${type}`} stored={empty} version={0} save={save} others={undefined} othersError={null} onOthers={() => undefined} />
    </Card>
  );
}

/** The bank of the quiz's first question, where new ones of it go as well. */
async function bankOf(store: AppStore, { sections }: QuizContent): Promise<string | null> {
  const entry = sections.flatMap(({ entries }) => entries)[0];
  if (!entry) return null;
  if (entry.kind === 'draw') return entry.bank_id;
  return (await store.dispatch(assessmentApi.endpoints.getItem.initiate({ itemId: entry.item_id }, { subscribe: false })).unwrap()).bank_id;
}
