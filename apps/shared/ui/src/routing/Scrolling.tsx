import { ScrollRestoration, type Location } from 'react-router';

/** Going back leads to where one was on the page; a page that is opened begins at its top. */
export function Scrolling() {
  return <ScrollRestoration getKey={placeOf} />;
}

/**
 * Every document begins with the key `default`: without its address, a page that is opened by its address would begin where
 * another one was left.
 */
function placeOf({ key, pathname, search }: Location): string {
  return key === 'default' ? pathname + search : key;
}
