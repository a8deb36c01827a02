export { ProblemNotice } from './ProblemNotice';
