// Before the first paint, so that a dark room does not flash white.
(() => {
  try {
    const theme = localStorage.getItem('session-room:theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage may be forbidden; then the system's preference counts.
  }
})();
