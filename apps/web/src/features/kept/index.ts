export { forgetKept, keep, kept } from './kept';
