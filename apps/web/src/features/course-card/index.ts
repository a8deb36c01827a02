export { CourseCards, CourseCardSkeletons } from './CourseCard';
