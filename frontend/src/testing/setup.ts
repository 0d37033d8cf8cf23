// What jsdom lacks and the app asks for when it is loaded.
Element.prototype.scrollIntoView = () => undefined;
window.matchMedia = (query: string): MediaQueryList =>
  Object.assign(new EventTarget(), {
    media: query,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
