export { SignedInArea } from './SignedInArea';
