/** A cluster in which nobody does what is waited for; the message says who is missing and how to start one. */
export class NobodyAtWork extends Error {
  readonly _tag = "NobodyAtWork";
}
