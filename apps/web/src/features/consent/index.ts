export { ConsentPage } from './ConsentPage';
export { SignOutPage } from './SignOutPage';
