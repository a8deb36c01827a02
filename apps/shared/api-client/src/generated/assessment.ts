// Generated from the host's OpenAPI document by `npm run generate`. Do not edit.
import { api } from "../api";
const injectedRtkApi = api.injectEndpoints({
  endpoints: (build) => ({
    getAttempt: build.query<GetAttemptApiResponse, GetAttemptApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/attempts/${encodeURIComponent(String(queryArg.attemptId))}`,
      }),
    }),
    saveAnswer: build.mutation<SaveAnswerApiResponse, SaveAnswerApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/attempts/${encodeURIComponent(String(queryArg.attemptId))}/answers/${encodeURIComponent(String(queryArg.slot))}`,
        method: "PUT",
        body: queryArg.answerRequest,
      }),
    }),
    checkAnswer: build.mutation<CheckAnswerApiResponse, CheckAnswerApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/attempts/${encodeURIComponent(String(queryArg.attemptId))}/checks/${encodeURIComponent(String(queryArg.slot))}`,
        method: "POST",
        body: queryArg.answerRequest,
      }),
    }),
    takeHint: build.mutation<TakeHintApiResponse, TakeHintApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/attempts/${encodeURIComponent(String(queryArg.attemptId))}/hints/${encodeURIComponent(String(queryArg.slot))}`,
        method: "POST",
        body: queryArg.hintRequest,
      }),
    }),
    submitAttempt: build.mutation<
      SubmitAttemptApiResponse,
      SubmitAttemptApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/attempts/${encodeURIComponent(String(queryArg.attemptId))}/submission`,
        method: "POST",
      }),
    }),
    listBanks: build.query<ListBanksApiResponse, ListBanksApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/banks`,
        params: {
          course_id: queryArg.courseId,
          q: queryArg.q,
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    createBank: build.mutation<CreateBankApiResponse, CreateBankApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/banks`,
        method: "POST",
        body: queryArg.bankRequest,
      }),
    }),
    listBankItems: build.query<ListBankItemsApiResponse, ListBankItemsApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/banks/${encodeURIComponent(String(queryArg.bankId))}/items`,
        params: {
          q: queryArg.q,
          type: queryArg["type"],
          limit: queryArg.limit,
          cursor: queryArg.cursor,
        },
      }),
    }),
    addItem: build.mutation<AddItemApiResponse, AddItemApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/banks/${encodeURIComponent(String(queryArg.bankId))}/items`,
        method: "POST",
        body: queryArg.itemRequest,
      }),
    }),
    previewItem: build.mutation<PreviewItemApiResponse, PreviewItemApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/item-previews`,
        method: "POST",
        body: queryArg.itemPreviewRequest,
      }),
    }),
    getItem: build.query<GetItemApiResponse, GetItemApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/items/${encodeURIComponent(String(queryArg.itemId))}`,
      }),
    }),
    reviseItem: build.mutation<ReviseItemApiResponse, ReviseItemApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/items/${encodeURIComponent(String(queryArg.itemId))}`,
        method: "PUT",
        body: queryArg.itemRequest,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
    retireItem: build.mutation<RetireItemApiResponse, RetireItemApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/items/${encodeURIComponent(String(queryArg.itemId))}/retirement`,
        method: "POST",
      }),
    }),
    createQuiz: build.mutation<CreateQuizApiResponse, CreateQuizApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/quizzes`,
        method: "POST",
        body: queryArg.quizRequest,
      }),
    }),
    getQuiz: build.query<GetQuizApiResponse, GetQuizApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/quizzes/${encodeURIComponent(String(queryArg.quizId))}`,
      }),
    }),
    startAttempt: build.mutation<StartAttemptApiResponse, StartAttemptApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/quizzes/${encodeURIComponent(String(queryArg.quizId))}/attempts`,
        method: "POST",
      }),
    }),
    getQuizContent: build.query<
      GetQuizContentApiResponse,
      GetQuizContentApiArg
    >({
      query: (queryArg) => ({
        url: `/api/v1/quizzes/${encodeURIComponent(String(queryArg.quizId))}/content`,
      }),
    }),
    changeQuiz: build.mutation<ChangeQuizApiResponse, ChangeQuizApiArg>({
      query: (queryArg) => ({
        url: `/api/v1/quizzes/${encodeURIComponent(String(queryArg.quizId))}/content`,
        method: "PUT",
        body: queryArg.quizChange,
        headers: {
          "If-Match": queryArg["If-Match"],
        },
      }),
    }),
  }),
  overrideExisting: false,
});
export { injectedRtkApi as assessmentApi };
export type GetAttemptApiResponse =
  /** status 200 Successful Response */ AttemptView;
export type GetAttemptApiArg = {
  attemptId: string;
};
export type SaveAnswerApiResponse =
  /** status 200 Successful Response */ AttemptView;
export type SaveAnswerApiArg = {
  attemptId: string;
  slot: string;
  answerRequest: AnswerRequest;
};
export type CheckAnswerApiResponse =
  /** status 200 Successful Response */ AttemptView;
export type CheckAnswerApiArg = {
  attemptId: string;
  slot: string;
  answerRequest: AnswerRequest;
};
export type TakeHintApiResponse = /** status 200 Successful Response */ Hints;
export type TakeHintApiArg = {
  attemptId: string;
  slot: string;
  hintRequest: HintRequest;
};
export type SubmitAttemptApiResponse =
  /** status 200 Successful Response */ AttemptView;
export type SubmitAttemptApiArg = {
  attemptId: string;
};
export type ListBanksApiResponse =
  /** status 200 Successful Response */ PageBankView;
export type ListBanksApiArg = {
  courseId: string;
  /** Part of a title. */
  q?: string | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type CreateBankApiResponse =
  /** status 201 Successful Response */ BankView;
export type CreateBankApiArg = {
  bankRequest: BankRequest;
};
export type ListBankItemsApiResponse =
  /** status 200 Successful Response */ PageItemView;
export type ListBankItemsApiArg = {
  bankId: string;
  /** Part of a name or of a prompt. */
  q?: string | null;
  /** Only items of this type. */
  type?:
    | (
        | "single_choice"
        | "multiple_choice"
        | "dropdown"
        | "numeric"
        | "short_text"
      )
    | null;
  /** At most so many items. */
  limit?: number;
  /** `next_cursor` of the page before; left out for the first. */
  cursor?: string | null;
};
export type AddItemApiResponse =
  /** status 201 Successful Response */ ItemView2;
export type AddItemApiArg = {
  bankId: string;
  itemRequest: ItemRequest;
};
export type PreviewItemApiResponse =
  /** status 200 Successful Response */ ItemView;
export type PreviewItemApiArg = {
  itemPreviewRequest: ItemPreviewRequest;
};
export type GetItemApiResponse =
  /** status 200 Successful Response */ ItemView2;
export type GetItemApiArg = {
  itemId: string;
};
export type ReviseItemApiResponse =
  /** status 200 Successful Response */ ItemView2;
export type ReviseItemApiArg = {
  itemId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  itemRequest: ItemRequest;
};
export type RetireItemApiResponse = unknown;
export type RetireItemApiArg = {
  itemId: string;
};
export type CreateQuizApiResponse =
  /** status 201 Successful Response */ QuizView;
export type CreateQuizApiArg = {
  quizRequest: QuizRequest;
};
export type GetQuizApiResponse =
  /** status 200 Successful Response */ QuizStanding;
export type GetQuizApiArg = {
  quizId: string;
};
export type StartAttemptApiResponse =
  /** status 200 Successful Response */ AttemptView;
export type StartAttemptApiArg = {
  quizId: string;
};
export type GetQuizContentApiResponse =
  /** status 200 Successful Response */ QuizView;
export type GetQuizContentApiArg = {
  quizId: string;
};
export type ChangeQuizApiResponse =
  /** status 200 Successful Response */ QuizView;
export type ChangeQuizApiArg = {
  quizId: string;
  /** The version to change, as in `"3"`. */
  "If-Match": string | null;
  quizChange: QuizChange;
};
export type Mode = "practice" | "quiz";
export type Phase =
  "during" | "immediately_after" | "while_open" | "after_close";
export type OptionView = {
  content: string;
  id: string;
};
export type Outcome = "right" | "partly" | "wrong" | "blank";
export type PartView = {
  chosen: boolean;
  feedback: string;
  outcome: Outcome | null;
  part: string;
};
export type ChoiceResponse = {
  option: string | null;
};
export type ChoicesResponse = {
  options: string[];
};
export type NumberResponse = {
  value: string;
};
export type TextResponse = {
  text: string;
};
export type ReviewView = {
  explanation?: string | null;
  feedback?: string[];
  key?: string[] | null;
  max_points?: (number | string) | null;
  outcome?: Outcome | null;
  parts?: PartView[];
  points?: (number | string) | null;
  response?:
    ChoiceResponse | ChoicesResponse | NumberResponse | TextResponse | null;
};
export type ItemView = {
  hint_count?: number;
  hints?: string[];
  options?: OptionView[];
  prompt: string;
  review?: ReviewView | null;
  type: string;
};
export type SlotView = {
  checks_left: number | null;
  checks_used: number;
  item: ItemView;
  response:
    ChoiceResponse | ChoicesResponse | NumberResponse | TextResponse | null;
  settled: boolean;
  slot: string;
};
export type SectionView = {
  introduction: string;
  slots: SlotView[];
  title: string;
};
export type AttemptState = "in_progress" | "submitted" | "graded";
export type SubmittedBy = "learner" | "clock";
export type Total = {
  max_score: number | string;
  passed: boolean | null;
  score: number | string;
};
export type AttemptView = {
  clock: number;
  expires_at: string | null;
  id: string;
  mode: Mode;
  number: number;
  phase: Phase;
  quiz_id: string;
  sections: SectionView[];
  started_at: string;
  state: AttemptState;
  submitted_at: string | null;
  submitted_by: SubmittedBy | null;
  total: Total | null;
};
export type ProblemItem = {
  detail: string;
  in?: ("path" | "query" | "header" | "cookie") | null;
  pointer: string;
};
export type Problem = {
  code: string;
  detail: string;
  errors?: ProblemItem[] | null;
  instance?: string | null;
  status: number;
  title: string;
  type: string;
};
export type AnswerRequest = {
  client_id: string;
  response?: {
    [key: string]: any;
  } | null;
  seq: number;
};
export type Hints = {
  hints: string[];
};
export type HintRequest = {
  number: number;
};
export type BankView = {
  course_id: string | null;
  id: string;
  items: number;
  title: string;
};
export type PageBankView = {
  items: BankView[];
  next_cursor?: string | null;
};
export type BankRequest = {
  course_id: string;
  title: string;
};
export type ItemView2 = {
  bank_id: string;
  content: {
    [key: string]: any;
  };
  id: string;
  latest: number;
  retired: boolean;
  version: number;
};
export type PageItemView = {
  items: ItemView2[];
  next_cursor?: string | null;
};
export type ItemRequest = {
  content: {
    [key: string]: any;
  };
};
export type ItemPreviewRequest = {
  content: {
    [key: string]: any;
  };
  course_id: string;
  hints?: number;
  response?: {
    [key: string]: any;
  } | null;
};
export type QuizView = {
  content: {
    [key: string]: any;
  };
  course_id: string | null;
  id: string;
  version: number;
};
export type QuizRequest = {
  content: {
    [key: string]: any;
  };
  course_id: string;
};
export type QuizStanding = {
  attempts_left: number | null;
  available_at: string | null;
  closes_at: string | null;
  id: string;
  introduction: string;
  latest: string | null;
  mode: "practice" | "quiz";
  opens_at: string | null;
  refusal:
    | ("not_open_yet" | "closed" | "in_progress" | "limit_reached" | "too_soon")
    | null;
  running: string | null;
  time_limit: number | null;
  title: string;
};
export type QuizChange = {
  content: {
    [key: string]: any;
  };
};
export const {
  useGetAttemptQuery,
  useLazyGetAttemptQuery,
  useSaveAnswerMutation,
  useCheckAnswerMutation,
  useTakeHintMutation,
  useSubmitAttemptMutation,
  useListBanksQuery,
  useLazyListBanksQuery,
  useCreateBankMutation,
  useListBankItemsQuery,
  useLazyListBankItemsQuery,
  useAddItemMutation,
  usePreviewItemMutation,
  useGetItemQuery,
  useLazyGetItemQuery,
  useReviseItemMutation,
  useRetireItemMutation,
  useCreateQuizMutation,
  useGetQuizQuery,
  useLazyGetQuizQuery,
  useStartAttemptMutation,
  useGetQuizContentQuery,
  useLazyGetQuizContentQuery,
  useChangeQuizMutation,
} = injectedRtkApi;
