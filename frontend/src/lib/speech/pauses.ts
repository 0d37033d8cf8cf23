/** Loudness below this is silence in the quietest room (root mean square, full scale 1). */
const quietest = 0.003;
/** Loudness above this is a voice in the loudest room. */
const loudest = 0.04;
const overFloor = 3;
/** One click of a key or a mouse is no word. */
const shortestVoice = 0.06;

/**
 * Tells speaking from silence by loudness, against a floor that follows the room: down at once, up slowly, so that a voice does
 * not become the floor between two breaths. Pure: it is fed loudness and durations.
 */
export class PauseDetector {
  private floor = quietest;
  private run = 0;
  speaking = false;
  silentSeconds = 0;
  /** In all, since `restart`. */
  voicedSeconds = 0;

  /** `rms` is the loudness of the last `seconds`. */
  feed(rms: number, seconds: number): void {
    this.floor =
      rms < this.floor
        ? rms
        : Math.min(this.floor * 1.15 ** seconds + 0.00002 * seconds, loudest / overFloor);
    const threshold = Math.min(loudest, Math.max(quietest, this.floor * overFloor));
    // Once it speaks, a little less is still speaking: words end softly.
    const loud = rms > (this.speaking ? threshold * 0.7 : threshold);
    if (!loud) {
      this.run = 0;
      this.speaking = false;
      this.silentSeconds += seconds;
      return;
    }
    this.run += seconds;
    if (this.speaking) this.voicedSeconds += seconds;
    else if (this.run >= shortestVoice) {
      this.speaking = true;
      this.voicedSeconds += this.run;
    } else {
      this.silentSeconds += seconds;
      return;
    }
    this.silentSeconds = 0;
  }

  /** A new part begins; the room stays what it is. */
  restart(): void {
    this.voicedSeconds = 0;
  }
}
