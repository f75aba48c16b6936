import openapiTS, { astToString } from "openapi-typescript";
import type { OpenApiDocument } from "../openapi/open-api-document.ts";

const head = "// Written by packages/api/generate.ts from the OpenAPI document: change it there.\n\n";

/** The types of a client as TypeScript. Rejects where the document is none: the generator validates it first. */
export const clientTypes = async (document: OpenApiDocument): Promise<string> => {
  // The generator reads its own copy: it writes into the one that it is given.
  const tree = await openapiTS(JSON.stringify(document), { immutable: true });
  return `${head}${astToString(tree).trimEnd()}\n`;
};
