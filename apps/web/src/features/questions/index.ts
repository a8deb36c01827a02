export { type AnswerValue, isBlank, toResponse, valueOf } from './answers';
export { Problem } from './Problem';
export { Question } from './Question';
export { Review } from './Review';
export { useStamps } from './use-stamps';
