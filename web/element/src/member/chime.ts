/** Notes of a soft bell: a fourth upwards for who is next, and once more for whose turn it is. */
const motifs = { next: [587.33, 783.99], floor: [587.33, 783.99, 1046.5] } as const;
const apartS = 0.16;
const ringS = 0.9;
const loudness = 0.12;

/**
 * Sounds made here rather than played from a file. A browser lets a page be heard after somebody has pressed something
 * on it; until then this is silent and nothing waits.
 */
export class Chime {
  private audio?: AudioContext;

  /** To be called while a press or a click is handled: from then on the page may be heard. */
  wake(): void {
    this.audio ??= new AudioContext();
    if (this.audio.state === 'suspended') void this.audio.resume();
  }

  /** False when the browser lets nothing be heard yet. */
  ring(motif: keyof typeof motifs): boolean {
    const { audio } = this;
    if (audio?.state !== 'running') return false;
    motifs[motif].forEach((pitch, i) => this.note(audio, pitch, audio.currentTime + i * apartS));
    return true;
  }

  close(): void {
    void this.audio?.close();
    this.audio = undefined;
  }

  private note(audio: AudioContext, pitch: number, at: number): void {
    const tone = new OscillatorNode(audio, { type: 'sine', frequency: pitch });
    const swell = new GainNode(audio, { gain: 0 });
    swell.gain.setValueAtTime(0, at);
    swell.gain.linearRampToValueAtTime(loudness, at + 0.02);
    swell.gain.exponentialRampToValueAtTime(0.0001, at + ringS);
    tone.connect(swell).connect(audio.destination);
    tone.start(at);
    tone.stop(at + ringS);
  }
}
