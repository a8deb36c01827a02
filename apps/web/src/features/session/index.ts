export { AccountControl } from './AccountControl';
export { returnPath, SIGN_IN, signInAddress } from './return-path';
export { SignedIn } from './SignedIn';
export { useSession } from './use-session';
