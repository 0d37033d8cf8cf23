import type { Capabilities } from '../capabilities';
import type { SpeechOffer, SpeechOption } from './types';

/** The engines that are possible here, the most private and sure first; typing is always possible and last. */
export declare function speechOptions(
  offer: SpeechOffer,
  capabilities: Pick<
    Capabilities,
    'getUserMedia' | 'audioRecording' | 'speechRecognition' | 'onDeviceSpeech'
  >,
): SpeechOption[];
