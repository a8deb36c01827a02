export { PlaceOfQuestion } from './PlaceOfQuestion';
