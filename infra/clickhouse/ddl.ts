import { defaultWorkspace } from "../../packages/funnel/src/index.ts";
import { catalogue } from "../../packages/kpis/catalogue/index.ts";
import { modelViews } from "../../packages/kpis/src/index.ts";
import {
  clusterLayout,
  ddlFiles,
  modelPromise,
  modelSchema,
  modelVersion,
  type PromisedViews,
  singleLayout,
  usersFile,
  usersXmlFile,
} from "../../packages/store/src/index.ts";

const layouts = { single: singleLayout, cluster: clusterLayout("leadwire") } as const;

/** Every file of this folder that is made from the model: its path from here, and its text. */
export const generatedFiles = (): ReadonlyMap<string, string> => {
  const xml = usersXmlFile();
  return new Map([
    [xml.name, xml.text],
    ...Object.entries(layouts).flatMap(([folder, layout]) =>
      [...ddlFiles(layout), usersFile(layout)].map(({ name, text }): [string, string] => [`${folder}/${name}`, text]),
    ),
  ]);
};

/** Where it stands what this version of the model promises, from here. */
export const promisePath = `../../packages/store/src/model/history/${modelVersion}.json`;

/** The names and types of the views as they are. */
export const currentPromise = (): PromisedViews => modelPromise(modelSchema(modelViews(catalogue, defaultWorkspace)));
