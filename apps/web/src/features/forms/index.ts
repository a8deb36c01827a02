export { FormText, type FormTextProps } from './FormText';
export { ProblemNotice } from './ProblemNotice';
export { showFieldProblems } from './field-problems';
