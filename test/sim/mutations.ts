import type { Mutation } from "./mutation.ts";
import {
  accountLogAfterCommit,
  commitBeforeOutput,
  forwardAfterCommit,
  outputsDroppedOnCrash,
  quarantineAfterCommit,
  slicesNotTold,
} from "./mutations/output-faults.ts";
import { beatsAhead, beatsBeforeSlices, lastWriteWins, marksBeforeRows } from "./mutations/reader-faults.ts";
import {
  pagesForgotten,
  positionWithoutState,
  snapshotWithNewerPosition,
  stateWithoutPosition,
} from "./mutations/state-faults.ts";
import { idsForgotten, lostRevocation, randomOrder, versionByTime } from "./mutations/version-faults.ts";

/** Every planted fault, by name. */
export const mutations: ReadonlyMap<string, Mutation> = new Map<string, Mutation>(
  [
    commitBeforeOutput,
    positionWithoutState,
    stateWithoutPosition,
    snapshotWithNewerPosition,
    randomOrder,
    lostRevocation,
    versionByTime,
    lastWriteWins,
    outputsDroppedOnCrash,
    idsForgotten,
    beatsAhead,
    beatsBeforeSlices,
    marksBeforeRows,
    accountLogAfterCommit,
    forwardAfterCommit,
    quarantineAfterCommit,
    slicesNotTold,
    pagesForgotten,
  ].map((mutation): [string, Mutation] => [mutation.name, mutation]),
);
