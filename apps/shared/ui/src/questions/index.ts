export { Question, type QuestionProps } from './Question';
export { Review } from './Review';
export { isBlank, toResponse, type AnswerValue, type ShownQuestion, type ShownReview } from './values';
