import { cleanup, configure } from '@testing-library/react';
import { config as transitions } from 'react-transition-group';
import { afterEach } from 'vitest';

// What is waited for is there at once on a machine with nothing else to do; one that is busy may take its time.
configure({ asyncUtilTimeout: 20_000 });
// In every file, so that none forgets: what stays mounted goes on with its timers when its test has ended.
afterEach(cleanup);

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
