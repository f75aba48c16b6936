import { computed, type ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";

/**
 * A computed signal over what the component was given: made anew when one of `given` is another. `useComputed` would go on
 * with the value that it had until a signal in it changes.
 */
export const useComputedOf = <Value>(compute: () => Value, given: ReadonlyArray<unknown>): ReadonlySignal<Value> =>
  useMemo(() => computed(compute), [...given]);
