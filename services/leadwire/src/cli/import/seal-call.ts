import type { Contact } from "@leadwire/events";
import { sealedBytesMax } from "@leadwire/events";

/**
 * A call from the import's thread to the one that has the leads' keys. The import reads its rows in one synchronous
 * pass, so it waits on shared memory for the answer.
 */
export interface SealBuffers {
  /** [state, bytes of the answer] */
  readonly state: SharedArrayBuffer;
  readonly answer: SharedArrayBuffer;
}

const State = { waiting: 0, sealed: 1, erased: 2, failed: 3 } as const;

export const sealBuffers = (): SealBuffers => ({
  state: new SharedArrayBuffer(8),
  answer: new SharedArrayBuffer(sealedBytesMax),
});

/** What stands for the contact of an erased lead: no seal has this version, so that nobody can open it. */
const nothingSealed = Uint8Array.of(0);

/** In the import's thread. `ask` sends the question; throws where it could not be answered. */
export const workerSealer = (
  buffers: SealBuffers,
  ask: (leadId: string, contact: Contact) => void,
): ((leadId: string, contact: Contact) => Uint8Array) => {
  const state = new Int32Array(buffers.state);
  const answer = new Uint8Array(buffers.answer);
  return (leadId, contact) => {
    Atomics.store(state, 0, State.waiting);
    ask(leadId, contact);
    Atomics.wait(state, 0, State.waiting);
    const found = Atomics.load(state, 0);
    if (found === State.erased) return nothingSealed;
    if (found === State.failed) throw new Error("a contact could not be sealed");
    return Uint8Array.from(answer.subarray(0, Atomics.load(state, 1)));
  };
};

/** In the other thread: answers one question. Whatever happens, the asking thread goes on. */
export const answerSeal = async (buffers: SealBuffers, sealing: Promise<Uint8Array | null>): Promise<void> => {
  const state = new Int32Array(buffers.state);
  let next: number = State.failed;
  try {
    const sealed = await sealing;
    if (sealed !== null) {
      new Uint8Array(buffers.answer).set(sealed);
      Atomics.store(state, 1, sealed.length);
    }
    next = sealed === null ? State.erased : State.sealed;
  } finally {
    Atomics.store(state, 0, next);
    Atomics.notify(state, 0);
  }
};
