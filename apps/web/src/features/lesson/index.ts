export { LessonPage } from './LessonPage';
export { ResumePage } from './ResumePage';
