// Before the first paint, so that nobody is flashed with the other theme. A file, as the content security policy allows no inline script.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('ik-theme');
  } catch (error) {
    // storage is switched off: follow the system
  }
  if (choice !== 'light' && choice !== 'dark')
    choice = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.bsTheme = choice;
})();
