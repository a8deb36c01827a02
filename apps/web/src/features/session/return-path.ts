export const SIGN_IN = '/sign-in';

/** Where to go after signing in: a path of this site, and nothing that a browser would read as another one. */
export function returnPath(wanted: string | null): string {
  if (wanted === null || !/^\/(?![/\\])[\x20-\x7e]*$/.test(wanted)) return '/';
  return wanted;
}

/** The page to sign in, which leads back to `from` afterwards. */
export function signInAddress(from: string, page = SIGN_IN): string {
  return from === '/' ? page : `${page}?${new URLSearchParams({ return_to: from }).toString()}`;
}
