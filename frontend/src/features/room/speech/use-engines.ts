import { useMemo } from 'react';

import { speechOptions } from '@/lib/speech/options';

import { useCaptures } from '@/features/room/captures/captures-context';
import { usePreferences } from '@/features/room/devices/preferences';
import { useCapabilities } from '@/features/room/devices/use-capabilities';

/** The engines that are possible here, and the one in use. */
export function useEngines() {
  const { offer } = useCaptures();
  const { engine } = usePreferences();
  const capabilities = useCapabilities();
  const options = useMemo(
    () => (offer === undefined || capabilities === null ? [] : speechOptions(offer.speech, capabilities)),
    [capabilities, offer],
  );
  // By itself nothing is downloaded: the first that works as it is.
  const standard = options.find(({ needsInstall }) => !needsInstall);
  const chosen = options.find((option) => option.engine === engine) ?? standard;
  return { options, chosen: chosen ?? null };
}
