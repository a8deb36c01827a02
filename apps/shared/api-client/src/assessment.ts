import { assessmentApi as generated, type BankView, type ItemView2, type ListBankItemsApiArg } from './generated/assessment';
import { keysetPages, type KeysetPage } from './keyset';

export type * from './generated/assessment';

const attemptOf = ({ attemptId }: { attemptId: string }) => ({ type: 'Attempt', id: attemptId }) as const;
const quizOf = ({ quizId }: { quizId: string }) => ({ type: 'Quiz', id: quizId }) as const;
/** What the questions of a bank are narrowed to. */
export type BankFilter = Omit<ListBankItemsApiArg, 'limit' | 'cursor'>;

const itemsOf = ({ bankId }: { bankId: string }) => ({ type: 'BankItem', id: bankId }) as const;

const tagged = generated.enhanceEndpoints({
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
    listBanks: { providesTags: ['Bank'] },
    createBank: { invalidatesTags: ['Bank'] },
    listBankItems: { providesTags: (_result, _error, arg) => [itemsOf(arg)] },
    addItem: { invalidatesTags: (_result, _error, arg) => [itemsOf(arg), 'Bank'] },
    getItem: { providesTags: ['BankItem'] },
    reviseItem: { invalidatesTags: ['BankItem', 'Bank'] },
    retireItem: { invalidatesTags: ['BankItem', 'Bank'] },
  },
});

/** The endpoints of quizzes and question banks. Answers that are saved change no cache: the page holds what was typed. */
export const assessmentApi = tagged.injectEndpoints({
  endpoints: (build) => ({
    browseBanks: build.infiniteQuery<KeysetPage<BankView>, { courseId: string; q?: string }, string | null>(
      keysetPages({ url: () => '/api/v1/banks', params: ({ courseId, q }) => ({ course_id: courseId, q }), tags: ['Bank'] }),
    ),
    browseBankItems: build.infiniteQuery<KeysetPage<ItemView2>, BankFilter, string | null>(
      keysetPages({ url: ({ bankId }) => `/api/v1/banks/${encodeURIComponent(bankId)}/items`, params: ({ q, type }) => ({ q, type }), tags: ['Bank'] }),
    ),
  }),
});

export const {
  useGetAttemptQuery, useLazyGetAttemptQuery, useSaveAnswerMutation, useCheckAnswerMutation, useTakeHintMutation, useSubmitAttemptMutation, useGetQuizQuery,
  useStartAttemptMutation, useGetQuizContentQuery, useCreateQuizMutation, useChangeQuizMutation, useCreateBankMutation,
  useBrowseBanksInfiniteQuery, useBrowseBankItemsInfiniteQuery, useListBanksQuery, useAddItemMutation, useGetItemQuery, useReviseItemMutation, useRetireItemMutation,
  usePreviewItemMutation,
} = assessmentApi;
