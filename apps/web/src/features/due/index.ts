export { Due } from './Due';
export { duties, type Duty } from './duties';
