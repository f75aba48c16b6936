import { type AlertRecord, alertsTopic, encodeAlert } from "@leadwire/events";
import type { Engine } from "../../../engine/engine.ts";
import { CommandFault } from "../../context.ts";

/** Appends what a person says of alerts; resolves once it is durable and every owner can read it. */
export const appendAlert = async (
  engine: Pick<Engine, "append">,
  key: string,
  told: AlertRecord,
  partition?: number,
): Promise<void> => {
  const place = partition === undefined ? {} : { partition };
  await engine.append([{ topic: alertsTopic, ...place, key: Buffer.from(key), value: encodeAlert(told) }]);
};

/** Who says it: the option, else the user of this machine. Throws where neither is known. */
export const authorOf = (stated: string | undefined, userName: string | undefined): string => {
  const author = (stated ?? userName ?? "").trim();
  if (author === "") throw new CommandFault("It is not known who you are: say it with --author NAME.");
  return author;
};
