import { activityKinds, directions } from "@leadwire/events";

/** Places in the closed vocabularies that the hot path asks for. */
export const vocabularyIndex = {
  outbound: directions.indexOf("outbound"),
  meetingHeld: activityKinds.indexOf("meeting_held"),
} as const;
