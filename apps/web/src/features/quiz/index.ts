export { QuizPage } from './QuizPage';
