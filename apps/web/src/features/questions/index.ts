export { isBlank, Question, Review, toResponse, type AnswerValue } from '@lyceum/ui/questions';
export { valueOf } from './answers';
export { Problem } from './Problem';
export { useStamps } from './use-stamps';
