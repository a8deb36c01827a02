export { FormText, type FormTextProps } from './FormText';
export { showFieldProblems } from './field-problems';
