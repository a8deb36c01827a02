import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

import { MAIN } from './AppShell';

// A page whose heading comes with its data gets this long, in milliseconds, before the main part takes the focus instead.
const PATIENCE = 2000;

/**
 * After a change of page puts the focus on its `h1`, so that screen readers and the keyboard go on there. The first page is
 * left alone, and so are changes of only the query or the fragment.
 */
export function RouteFocus() {
  const { pathname } = useLocation();
  const last = useRef(pathname);
  useEffect(() => {
    if (last.current === pathname) return undefined;
    last.current = pathname;
    return whenHeadingIsThere((heading) => heading.focus({ preventScroll: true }));
  }, [pathname]);
  return null;
}

function whenHeadingIsThere(found: (heading: HTMLElement) => void): () => void {
  const main = document.getElementById(MAIN);
  if (!main) return () => undefined;
  const look = () => {
    const heading = main.querySelector('h1');
    if (!heading) return false;
    if (!heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    found(heading);
    return true;
  };
  if (look()) return () => undefined;
  const observer = new MutationObserver(() => {
    if (look()) stop();
  });
  const timer = setTimeout(() => {
    stop();
    found(main);
  }, PATIENCE);
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  observer.observe(main, { childList: true, subtree: true });
  return stop;
}
