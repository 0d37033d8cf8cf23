import { useMemo } from 'react';

import { speechOptions } from '@/lib/speech/options';

import { useCaptures } from '../captures/captures-context';
import { usePreferences } from '../devices/preferences';
import { useCapabilities } from '../devices/use-capabilities';

/** The engines that are possible here, and the one in use. */
export function useEngines() {
  const { offer } = useCaptures();
  const { engine } = usePreferences();
  const capabilities = useCapabilities();
  const options = useMemo(
    () => (offer === undefined || capabilities === null ? [] : speechOptions(offer.speech, capabilities)),
    [capabilities, offer],
  );
  const chosen = options.find((option) => option.engine === engine) ?? options[0];
  return { options, chosen: chosen ?? null };
}
