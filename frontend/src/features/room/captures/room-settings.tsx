import { AloudSettings } from '@/features/room/question/aloud-settings';
import { DeviceSettings } from '@/features/room/devices/device-settings';
import { SpeechSettings } from '@/features/room/speech/speech-settings';
import type { ReadAloud } from '@/lib/use-read-aloud';

/** How the room behaves for this person, remembered on this machine. */
export function RoomSettings({ aloud }: { aloud: ReadAloud }) {
  return (
    <>
      <section className="panel-part" aria-labelledby="panel-voice">
        <h2 id="panel-voice">Answering by voice</h2>
        <SpeechSettings />
      </section>
      <section className="panel-part" aria-labelledby="panel-aloud">
        <h2 id="panel-aloud">Reading questions aloud</h2>
        <AloudSettings aloud={aloud} />
      </section>
      <section className="panel-part" aria-labelledby="panel-devices">
        <h2 id="panel-devices">Devices and screen</h2>
        <DeviceSettings />
      </section>
    </>
  );
}
