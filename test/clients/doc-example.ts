import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The first example in a language on the page that tells how to connect a tool. */
export const docExample = (language: "python" | "js"): string => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/clients.md"), "utf8");
  const code = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "mu").exec(page)?.[1];
  if (code === undefined) throw new Error(`docs/clients.md has no example in ${language}.`);
  return code;
};
