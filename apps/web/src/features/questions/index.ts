export { isBlank, Question, Review, toResponse, type AnswerValue } from '@lyceum/ui/questions';
export { valueOf } from './answers';
export { type Stamp, useStamps } from './use-stamps';
