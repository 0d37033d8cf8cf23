import { useEffect, useState } from 'react';

import { readCapabilities, type Capabilities } from '@/lib/capabilities';

let asking: Promise<Capabilities> | null = null;
let known: Capabilities | null = null;

/** One reading for the whole page: nothing that was possible a question ago vanishes while it is asked again. */
function ask(): Promise<Capabilities> {
  asking ??= readCapabilities().then((read) => (known = read));
  return asking;
}

/** What this browser can do; null for the second it takes to ask, once. */
export function useCapabilities(): Capabilities | null {
  const [capabilities, setCapabilities] = useState(known);
  useEffect(() => {
    let gone = false;
    void ask().then((read) => {
      if (!gone) setCapabilities(read);
    });
    return () => {
      gone = true;
    };
  }, []);
  return capabilities;
}
