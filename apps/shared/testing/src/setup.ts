import '@testing-library/jest-dom';
import { configure, getConfig } from '@testing-library/react';
import { toHaveNoViolations } from 'jest-axe';

import { clearToasts } from '../../ui/src/overlays/toast-queue';
import { computedStyle } from './computed-style';
import { server } from './server';
import { FakeSocket, sockets } from './sockets';

expect.extend(toHaveNoViolations);

// A search that is repeated until something is found would print the whole page each time. Given up, it still shows it: what waits adds
// it to the last error.
const { getElementError: errorWithPage } = getConfig();
function errorOf(message: string | null, container: Element): Error {
  const { _disableExpensiveErrorDiagnostics: isRepeated } = getConfig() as { _disableExpensiveErrorDiagnostics?: boolean };
  return isRepeated ? Object.assign(new Error(message ?? ''), { name: 'TestingLibraryElementError' }) : errorWithPage(message, container);
}
configure({ asyncUtilTimeout: 10_000, getElementError: errorOf });

// What jsdom does not have, and components ask for.
Object.defineProperty(globalThis, 'matchMedia', {
  writable: true,
  value: (query: string): Omit<MediaQueryList, 'addListener' | 'removeListener'> => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => true,
  }),
});

class NoResizeObserver implements ResizeObserver {
  observe(): void {
    // Nothing is ever laid out, so nothing changes its size.
  }
  unobserve(): void {
    // As above.
  }
  disconnect(): void {
    // As above.
  }
}

globalThis.ResizeObserver = NoResizeObserver;
globalThis.getComputedStyle = computedStyle;
Element.prototype.scrollIntoView = () => undefined;
globalThis.scrollTo = () => undefined;

// A request that no handler expects is a mistake of the test or of the component.
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
// Here and not above, because the server replaces it too.
beforeEach(() => {
  Object.defineProperty(globalThis, 'WebSocket', { writable: true, configurable: true, value: FakeSocket });
});
afterEach(() => {
  sockets.clear();
  server.resetHandlers();
  clearToasts();
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});
afterAll(() => server.close());
