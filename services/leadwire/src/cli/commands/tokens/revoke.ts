import { isoText } from "@leadwire/kpis";
import { grantRecord } from "../../../access/access-grants.ts";
import { type CliContext, dataDirFlag, ExitCode, type SharedOptions, wrongUsage } from "../../context.ts";
import { withEngine } from "../../with-engine.ts";

/** Takes a token back: the same words again, with the time. */
export const revokeToken = async (
  context: CliContext,
  options: SharedOptions & { readonly id: string },
): Promise<number> => {
  const { id, dataDir, json } = options;
  const revoked = await withEngine(context, options, async (engine) => {
    const grant = (await engine.grants()).find(({ token_id: known }) => known === id);
    if (grant === undefined)
      throw wrongUsage(`There is no token "${id}": npx leadwire tokens list${dataDirFlag(dataDir)} gives their ids.`);
    // Taken back once: the first time is the one that counted.
    if (grant.revoked_at !== null) return grant;
    const record = { ...grant, revoked_at: context.nowMs() };
    await engine.append([grantRecord(record)]);
    return record;
  });
  const at = isoText(revoked.revoked_at ?? context.nowMs());
  await context.terminal.out(
    json === true
      ? `${JSON.stringify({ token_id: id, revoked_at: at })}\n`
      : `${id} (${revoked.name}) is worth nothing any more, since ${at}.\n`,
  );
  return ExitCode.done;
};
