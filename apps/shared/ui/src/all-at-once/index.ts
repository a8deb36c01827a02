export { AllAtOnce, useComing, useIsShown, type AllAtOnceProps } from './AllAtOnce';
