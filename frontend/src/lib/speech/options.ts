import type { Capabilities } from '../capabilities';
import type { GoesTo, SpeechEngine, SpeechFacts, SpeechOffer, SpeechOption } from './types';

const goesTo: Record<SpeechEngine, GoesTo | null> = {
  on_device: 'this device',
  server: 'this server',
  browser: 'your browser’s maker',
  none: null,
};

export function speechFacts(engine: SpeechEngine, place: string | null = null): SpeechFacts {
  return { engine, goesTo: goesTo[engine], place: engine === 'server' ? place : null };
}

/** The engines that are possible here, the most private and sure first; typing is always possible and last. */
export function speechOptions(
  offer: SpeechOffer,
  capabilities: Pick<
    Capabilities,
    'getUserMedia' | 'audioRecording' | 'speechRecognition' | 'onDeviceSpeech'
  >,
): SpeechOption[] {
  const { getUserMedia, audioRecording, speechRecognition, onDeviceSpeech } = capabilities;
  const options: SpeechOption[] = [];
  function add(engine: SpeechEngine, needsInstall = false): void {
    options.push({ ...speechFacts(engine, offer.server?.place), needsInstall });
  }
  if (speechRecognition && onDeviceSpeech !== 'unavailable') add('on_device', onDeviceSpeech !== 'available');
  if (offer.server !== null && getUserMedia && audioRecording !== null) add('server');
  if (speechRecognition) add('browser');
  add('none');
  return options;
}
