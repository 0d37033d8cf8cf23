import { config as transitions } from 'react-transition-group';

// A dialog that fades leaves a timer behind when its test ends; one that runs after jsdom is gone fails the whole run.
transitions.disabled = true;

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
