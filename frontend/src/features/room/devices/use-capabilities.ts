import { useEffect, useState } from 'react';

import { readCapabilities, type Capabilities } from '@/lib/capabilities';

/** What this browser can do; null for the second it takes to ask. */
export function useCapabilities(): Capabilities | null {
  const [capabilities, setCapabilities] = useState<Capabilities | null>(null);
  useEffect(() => {
    let gone = false;
    void readCapabilities().then((read) => {
      if (!gone) setCapabilities(read);
    });
    return () => {
      gone = true;
    };
  }, []);
  return capabilities;
}
