import { Icon } from '@/components/icon';
import type { Capabilities } from '@/lib/capabilities';

import { useCapabilities } from '@/features/room/devices/use-capabilities';

interface Ability {
  what: string;
  has: boolean;
  /** What it means that it is missing. */
  without: string;
}

function abilitiesOf(browser: Capabilities): Ability[] {
  return [
    {
      what: 'Camera and microphone',
      has: browser.getUserMedia,
      without: browser.secureContext
        ? 'Answers are typed; nothing can be recorded or watched.'
        : 'They work only over https. Answers are typed.',
    },
    {
      what: 'Answering by voice over this server',
      has: browser.audioRecording !== null,
      without: 'Your voice cannot be sent to this server to be written down.',
    },
    {
      what: 'Answering by voice in the browser',
      has: browser.speechRecognition,
      without: 'This browser does not write down speech itself; this server may.',
    },
    {
      what: 'Writing down speech without leaving this device',
      has: browser.onDeviceSpeech !== 'unavailable',
      without: 'Your voice goes to a service to be written down.',
    },
    {
      what: 'Reading questions aloud',
      has: browser.voices > 0,
      without: 'No voice is installed. Questions are shown in writing, as always.',
    },
    {
      what: 'Recording video',
      has: browser.videoRecording !== null && browser.indexedDb,
      without: 'You cannot watch yourself afterwards; the report does not need it.',
    },
    {
      what: 'Looking at the picture on this device',
      has: browser.webAssembly,
      without: 'Camera notices and expressions are not possible. Nothing is lost by it.',
    },
    { what: 'Full screen', has: browser.fullscreen, without: 'The page stays in its window.' },
  ];
}

/** What this browser can do, in words, and what it means where it cannot. */
export function Abilities() {
  const capabilities = useCapabilities();
  const abilities = capabilities === null ? null : abilitiesOf(capabilities);
  const missing = abilities?.filter(({ has }) => !has).length ?? 0;
  return (
    <details className="abilities">
      <summary>
        What this browser can do
        {abilities !== null && (
          <span className="muted">
            {missing === 0
              ? ': everything this room offers'
              : `: all but ${missing} of ${abilities.length} things`}
          </span>
        )}
      </summary>
      <ul role="list" className="ability-list">
        {abilities?.map(({ what, has, without }) => (
          <li key={what}>
            <Icon name={has ? 'check' : 'cross'} size={18} />
            <span>
              <span className="visually-hidden">{has ? 'Yes: ' : 'No: '}</span>
              {what}
              {!has && <span className="muted small ability-without">{without}</span>}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
