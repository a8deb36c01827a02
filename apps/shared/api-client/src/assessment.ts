import { assessmentApi as generated } from './generated/assessment';

export type * from './generated/assessment';

const attemptOf = ({ attemptId }: { attemptId: string }) => ({ type: 'Attempt', id: attemptId }) as const;
const quizOf = ({ quizId }: { quizId: string }) => ({ type: 'Quiz', id: quizId }) as const;
const itemsOf = ({ bankId }: { bankId: string }) => ({ type: 'BankItem', id: bankId }) as const;

/** The endpoints of quizzes and question banks. Answers that are saved change no cache: the page holds what was typed. */
export const assessmentApi = generated.enhanceEndpoints({
  endpoints: {
    getAttempt: { providesTags: (_result, _error, arg) => [attemptOf(arg)] },
    // The check that ends a practice changes what can be started next.
    checkAnswer: { invalidatesTags: (result, _error, arg) => [attemptOf(arg), 'Progress', ...(result && result.state !== 'in_progress' ? [quizOf({ quizId: result.quiz_id })] : [])] },
    submitAttempt: { invalidatesTags: (_result, _error, arg) => [attemptOf(arg), 'Quiz', 'Progress'] },
    getQuiz: { providesTags: (_result, _error, arg) => [quizOf(arg)] },
    startAttempt: {
      invalidatesTags: (_result, _error, arg) => [quizOf(arg)],
      // The answer is the attempt: it need not be asked for.
      onQueryStarted: async (_arg, { dispatch, queryFulfilled }) => {
        const started = await queryFulfilled.catch(() => null);
        if (started) await dispatch(generated.util.upsertQueryData('getAttempt', { attemptId: started.data.id }, started.data));
      },
    },
    getQuizContent: { providesTags: (_result, _error, arg) => [quizOf(arg)] },
    changeQuiz: { invalidatesTags: (_result, _error, arg) => [quizOf(arg)] },
    listBankItems: { providesTags: (_result, _error, arg) => [itemsOf(arg)] },
    addItem: { invalidatesTags: (_result, _error, arg) => [itemsOf(arg)] },
    getItem: { providesTags: ['BankItem'] },
    reviseItem: { invalidatesTags: ['BankItem'] },
    retireItem: { invalidatesTags: ['BankItem'] },
  },
});

export const {
  useGetAttemptQuery, useLazyGetAttemptQuery, useSaveAnswerMutation, useCheckAnswerMutation, useTakeHintMutation, useSubmitAttemptMutation, useGetQuizQuery,
  useStartAttemptMutation, useGetQuizContentQuery, useCreateQuizMutation, useChangeQuizMutation, useCreateBankMutation,
  useListBankItemsQuery, useAddItemMutation, useGetItemQuery, useReviseItemMutation, useRetireItemMutation,
  usePreviewItemMutation,
} = assessmentApi;
