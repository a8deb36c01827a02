// Runs before anything else in each document, and keeps what visiting.py asks for later.
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber }) => {
  (window.__violations ??= []).push(`${violatedDirective}: ${blockedURI} (${sourceFile}:${lineNumber})`);
});

window.__changed = performance.now();
new MutationObserver(() => {
  window.__changed = performance.now();
}).observe(document, { childList: true, subtree: true, attributes: true });

// What is on its way shows skeletons, or an empty place among the controls above the page: React fills it as late as
// 300 ms after all has come. A page that is there has a heading, or says what went wrong, and has come to rest.
window.__isThere = () =>
  document.querySelector('main h1, [role=alert]') !== null &&
  document.querySelector('.animate-shimmer, header span:empty:not(main *, [aria-hidden])') === null &&
  document.getAnimations().every(({ playState }) => playState === 'finished') &&
  performance.now() - window.__changed > 150;

window.__shifts = [];
new PerformanceObserver((list) => {
  for (const { hadRecentInput, startTime, value, sources } of list.getEntries()) {
    const who = (sources ?? []).map(({ node }) => node?.outerHTML?.slice(0, 160) ?? String(node));
    if (!hadRecentInput) window.__shifts.push({ startTime, value, who });
  }
}).observe({ type: 'layout-shift', buffered: true });

// Cumulative layout shift: the worst window of at most 5 s, ended by 1 s without a shift. https://web.dev/articles/cls
window.__cls = () => {
  let worst = 0;
  let sum = 0;
  let first = 0;
  let last = 0;
  for (const { startTime, value } of window.__shifts) {
    if (startTime - last > 1000 || startTime - first > 5000) {
      sum = 0;
      first = startTime;
    }
    last = startTime;
    sum += value;
    worst = Math.max(worst, sum);
  }
  return { worst, who: window.__shifts.map(({ value, who }) => `${value.toFixed(4)} ${who.join(' | ')}`) };
};
