export { CoursePage } from './CoursePage';
export { CoursesPage } from './CoursesPage';
