// Runs before the first paint, so that nobody sees a flash of the other theme. Keep in step with src/theme/theme.ts.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('lyceum.theme');
  } catch {
    // Storage may be forbidden; then the system decides.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
