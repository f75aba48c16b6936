/** C5, E5, G5, C6: a major chord, upwards. */
const notesHz = [523.25, 659.25, 783.99, 1_046.5];
const stepS = 0.11;
const ringS = 0.55;
const loudness = 0.12;

let context: AudioContext | undefined;

const ring = (audio: AudioContext, hertz: number, atS: number): void => {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.type = "triangle";
  tone.frequency.value = hertz;
  volume.gain.setValueAtTime(0, atS);
  volume.gain.linearRampToValueAtTime(loudness, atS + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, atS + ringS);
  tone.connect(volume).connect(audio.destination);
  tone.start(atS);
  tone.stop(atS + ringS);
};

/**
 * A short chime, made here so that no file is needed. A browser that wants a click before it makes a sound stays silent:
 * the chime is not kept for later.
 */
export const playFanfare = async (): Promise<void> => {
  try {
    context ??= new AudioContext();
    const audio = context;
    const asked = audio.currentTime;
    await Promise.race([audio.resume(), new Promise((done) => setTimeout(done, 200))]);
    if (audio.state !== "running") return void (await audio.suspend());
    notesHz.forEach((hertz, index) => {
      ring(audio, hertz, Math.max(asked, audio.currentTime) + index * stepS);
    });
  } catch {
    // No sound at all on this machine: the banner says it.
  }
};
