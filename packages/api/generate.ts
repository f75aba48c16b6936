import { writeFileSync } from "node:fs";
import { catalogue } from "@leadwire/kpis/catalogue";
import { clientTypes } from "./src/client/client-types.ts";
import { openApiDocument } from "./src/index.ts";

// Writes the types of the client anew, after a change of the document or of the catalogue: node packages/api/generate.ts
writeFileSync(new URL("./src/client/http-types.ts", import.meta.url), await clientTypes(openApiDocument(catalogue)));
