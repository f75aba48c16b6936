import {
  controlCodec,
  controlTopic,
  type GenerationAnnounced,
  type GenerationBuilding,
  type SchemaRegistry,
} from "@leadwire/events";
import { foldingOf, generationOf, sameFolding, type Workspace } from "@leadwire/funnel";
import { type EventLog, RecordCursor } from "@leadwire/log";
import { isLeft } from "fp-ts/lib/Either.js";
import { countsOtherwise } from "../engine/generation-file.ts";

/** What a cluster folds with: the newest announcement on leadwire.control. */
export interface AgreedGeneration {
  readonly generation: string;
  readonly workspace: Workspace;
  /** Where on the control topic that is said, and up to where it was read. */
  readonly nextOffset: number;
  /** Built beside the one that serves: nobody sees its numbers yet. */
  readonly isBuilding?: true;
}

/** This configuration is not the one that the cluster folds with. */
export class GenerationFault extends Error {
  readonly _tag = "GenerationFault";
}

const place = { topic: controlTopic, partition: 0 };
const chunkBytes = 1 << 20;

/** What the control topic says of generations. */
export interface ToldGenerations {
  /** The newest announcement. */
  readonly announced: GenerationAnnounced | undefined;
  /** Every generation that was announced, the oldest first; one that served again stands there again. */
  readonly served: ReadonlyArray<GenerationAnnounced>;
  /** What is built beside it; undefined once that serves, or another one does. */
  readonly building: GenerationBuilding | undefined;
  /** Every name that was ever given. */
  readonly names: ReadonlySet<string>;
  /** Where the topic ends. */
  readonly nextOffset: number;
}

/** What is said of generations from an offset on. */
export const newestGeneration = async (
  log: EventLog,
  registry: SchemaRegistry,
  from: number,
): Promise<ToldGenerations> => {
  const cursor = new RecordCursor();
  const { decodeControl } = controlCodec(registry);
  const served: Array<GenerationAnnounced> = [];
  const names = new Set<string>();
  let building: GenerationBuilding | undefined;
  for (let at = from; ; ) {
    const chunk = await log.read(place, at, chunkBytes);
    if (chunk.nextOffset === at) return { announced: served.at(-1), served, building, names, nextOffset: at };
    cursor.reset(chunk.bytes, at);
    while (cursor.next()) {
      if (cursor.valueStart < 0) continue;
      const decoded = decodeControl(cursor.bytes.subarray(cursor.valueStart, cursor.valueEnd));
      if (isLeft(decoded)) continue;
      const { name, record } = decoded.right;
      if (name !== "generation-announced" && name !== "generation-building") continue;
      names.add(record.generation);
      building = name === "generation-building" ? record : undefined;
      if (name === "generation-announced") served.push(record);
    }
    at = chunk.nextOffset;
  }
};

/** Says on leadwire.control what everybody folds with from here on, or what is built beside that. */
export const announceGeneration = async (
  log: EventLog,
  registry: SchemaRegistry,
  record: GenerationAnnounced,
  name: "generation-announced" | "generation-building" = "generation-announced",
): Promise<void> => {
  const value = controlCodec(registry).encodeControl({ name, record });
  await log.append([{ ...place, key: Buffer.from("generation"), value }]);
};

export interface OwnGeneration {
  readonly workspace: Workspace;
  /** The measures that are sliced by, as text. */
  readonly measures: string;
  readonly partitions: number;
  /** Days since 1970: rates dated later have changed nothing yet. */
  readonly nowDay: number;
}

/** What the first of a cluster announces. */
export const announcementOf = ({
  workspace,
  measures,
  partitions,
}: Omit<OwnGeneration, "nowDay">): GenerationAnnounced => ({
  generation: generationOf(workspace, measures),
  workspace: JSON.stringify(workspace),
  measures,
  partitions,
});

/** What a cluster folds with, told as an agreement; throws GenerationFault where another version announced it. */
export const agreedOf = (announced: GenerationAnnounced, measures: string, nextOffset: number): AgreedGeneration => {
  const workspace = JSON.parse(announced.workspace) as Workspace;
  if (announced.measures !== measures || generationOf(workspace, measures) !== foldingOf(announced.generation)) {
    throw new GenerationFault(
      `The cluster folds with generation ${announced.generation}, which another version of Leadwire announced. ` +
        "Run the version that did, or npx leadwire rebuild with this one.",
    );
  }
  return { generation: announced.generation, workspace, nextOffset };
};

/** Why a process with this configuration may not fold with what was announced; undefined where it may. */
export const disagreement = (announced: GenerationAnnounced, own: OwnGeneration): string | undefined => {
  const agreed = agreedOf(announced, own.measures, 0);
  if (announced.partitions !== own.partitions) {
    return (
      `The cluster has ${announced.partitions} partitions, the configuration says ${own.partitions}. ` +
      `A topic keeps its partition count, for keys would change places: set kafka.partitions back to ${announced.partitions}, ` +
      "or copy the events onto new topics and run npx leadwire rebuild there."
    );
  }
  const isSame =
    generationOf(own.workspace, own.measures) === foldingOf(announced.generation) ||
    sameFolding(agreed.workspace, own.workspace, own.nowDay);
  return isSame
    ? undefined
    : `pipelines changed: run npx leadwire rebuild (the configuration ${countsOtherwise}). The cluster folds with generation ${announced.generation}, ` +
        `this configuration makes ${generationOf(own.workspace, own.measures)}.`;
};

/** What this configuration builds beside the generation that serves; undefined where that is not being built. */
const builtBy = (
  building: GenerationBuilding | undefined,
  { workspace, measures, partitions }: OwnGeneration,
  nextOffset: number,
): AgreedGeneration | undefined => {
  if (building === undefined || building.measures !== measures || building.partitions !== partitions) return undefined;
  if (foldingOf(building.generation) !== generationOf(workspace, measures)) return undefined;
  return { generation: building.generation, workspace, nextOffset, isBuilding: true };
};

/**
 * Agrees with the cluster on what to fold with: announces this configuration where there is none yet. Throws
 * GenerationFault where the cluster folds with another. Whoever announces at the same time as another learns it from the
 * control topic, which every service follows.
 */
export const agreeOnGeneration = async (
  log: EventLog,
  registry: SchemaRegistry,
  own: OwnGeneration,
): Promise<AgreedGeneration> => {
  const standing = await newestGeneration(log, registry, 0);
  if (standing.announced === undefined) await announceGeneration(log, registry, announcementOf(own));
  const newest =
    standing.announced === undefined ? await newestGeneration(log, registry, standing.nextOffset) : standing;
  if (newest.announced === undefined) throw new Error(`${controlTopic} does not hold what was just written to it`);
  const built = builtBy(newest.building, own, newest.nextOffset);
  if (built !== undefined) return built;
  const refusal = disagreement(newest.announced, own);
  if (refusal !== undefined) throw new GenerationFault(refusal);
  const { generation, nextOffset } = agreedOf(newest.announced, own.measures, newest.nextOffset);
  // The same facts follow from both; windows and grace are the configuration's own.
  return { generation, workspace: own.workspace, nextOffset };
};
