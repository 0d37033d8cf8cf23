import { Icon } from '@/components/icon';
import { useOnline } from '@/lib/online';

import './shell.css';

/** Always in the tree, so that a screen reader hears both the loss and the return. */
export function OfflineBanner() {
  const online = useOnline();
  return (
    <div role="status" className={online ? undefined : 'offline-banner'}>
      {!online && (
        <>
          <Icon name="cut" /> You are offline. What you type stays on this page and is saved when the network
          is back.
        </>
      )}
    </div>
  );
}
