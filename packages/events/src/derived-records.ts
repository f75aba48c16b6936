import type avsc from "avsc";
import { avroType } from "./avro-type.ts";
import { currentSchemas } from "./schema/published.ts";

/**
 * The avsc types of the derived topics. The engine writes and reads them with codecs of its own, made for its facts
 * and slices; these are the contract that those are tested against, and what a foreign reader would use.
 */
export const factChangeType: avsc.Type = avroType(currentSchemas["fact-changed"]);
export const sliceUpdatedType: avsc.Type = avroType(currentSchemas["slice-updated"]);
export const heartbeatType: avsc.Type = avroType(currentSchemas.heartbeat);
