import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { isRight } from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { parseDeployment } from "../../services/leadwire/src/deployment/deployment-file.ts";
import { serviceNames } from "../../services/leadwire/src/services/service-name.ts";
import { at, each, text } from "./document.ts";

const folder = new URL("../../infra/kubernetes/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8");
const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));

/** Every object of the folder, whatever file it stands in. */
const objects: ReadonlyArray<unknown> = files
  .filter((file) => file !== "kustomization.yaml" && file !== "leadwire.yaml")
  .flatMap((file) => parseAllDocuments(read(file)).map((document): unknown => document.toJS()));
const ofKind = (...kinds: ReadonlyArray<string>): ReadonlyArray<unknown> =>
  objects.filter((object) => kinds.includes(text(object, "kind")));
const nameOf = (object: unknown): string => `${text(object, "kind")} ${text(object, "metadata", "name")}`;
const workloads = ofKind("Deployment", "StatefulSet");
const kustomization: unknown = parseAllDocuments(read("kustomization.yaml"))[0]?.toJS();

describe("the Kubernetes manifests", () => {
  const schemas: object = JSON.parse(readFileSync(new URL("kubernetes-1.37.schema.json", import.meta.url), "utf8"));
  // Numbers carry formats such as int32 that only say how wide they are.
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true }).addSchema(schemas, "kubernetes");
  const faultsOf = (object: unknown): ReadonlyArray<string> => {
    const validate = ajv.getSchema(`kubernetes#/kinds/${text(object, "kind")}`);
    if (validate === undefined) return [`${nameOf(object)}: no schema of this kind`];
    if (validate(object) === true) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${nameOf(object)}${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };

  test.each(objects.map((object) => [nameOf(object), object]))(
    "%s is what Kubernetes 1.37 takes, field by field",
    (_, object) => {
      expect(faultsOf(object)).toEqual([]);
    },
  );

  test("a field that Kubernetes does not know would be found", () => {
    const [workload] = workloads;
    const typo = JSON.parse(JSON.stringify(workload).replaceAll("readinessProbe", "readynessProbe"));
    expect(faultsOf(typo).join()).toMatch(/readynessProbe/);
  });

  test("every service has a workload that runs it, and no other", () => {
    const run = workloads.map((workload) => at(workload, "spec", "template", "spec", "containers", 0, "args", 1));
    expect([...run].sort()).toEqual([...serviceNames].sort());
  });

  test.each([...workloads, ...ofKind("Job")].map((object) => [nameOf(object), object]))(
    "%s runs as nobody in particular, on a root it cannot write, within bounds",
    (_, object) => {
      const pod = at(object, "spec", "template", "spec");
      expect(at(pod, "securityContext")).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: "RuntimeDefault" },
      });
      for (const container of each(at(pod, "containers"))) {
        expect(at(container, "securityContext")).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        });
        expect(at(container, "resources", "limits", "memory")).toBeTruthy();
        expect(at(container, "resources", "requests", "cpu")).toBeTruthy();
      }
    },
  );

  test.each(workloads.map((object) => [nameOf(object), object]))(
    "%s is alive by /healthz, ready by /readyz, and found by its service and its budget",
    (_, object) => {
      const template = at(object, "spec", "template");
      const container = at(template, "spec", "containers", 0);
      expect(at(container, "livenessProbe", "httpGet", "path")).toBe("/healthz");
      expect(at(container, "readinessProbe", "httpGet", "path")).toBe("/readyz");
      const labels = at(template, "metadata", "labels");
      expect(at(object, "spec", "selector", "matchLabels")).toEqual(labels);
      const name = text(object, "metadata", "name");
      const named = (kind: string): unknown => ofKind(kind).find((other) => text(other, "metadata", "name") === name);
      expect(at(named("Service"), "spec", "selector")).toEqual(labels);
      expect(at(named("PodDisruptionBudget"), "spec", "selector", "matchLabels")).toEqual(labels);
      // Closing takes 20 s at most.
      expect(at(template, "spec", "terminationGracePeriodSeconds")).toBeGreaterThan(20);
    },
  );

  test("whatever a pod mounts or reads secrets from is there", () => {
    const claims = ofKind("PersistentVolumeClaim").map((claim) => text(claim, "metadata", "name"));
    for (const object of [...workloads, ...ofKind("Job")]) {
      const pod = at(object, "spec", "template", "spec");
      const own = each(at(object, "spec", "volumeClaimTemplates")).map((claim) => text(claim, "metadata", "name"));
      const volumes = each(at(pod, "volumes"));
      const names = [...own, ...volumes.map((volume) => text(volume, "name"))];
      for (const mount of each(at(pod, "containers", 0, "volumeMounts"))) expect(names).toContain(text(mount, "name"));
      for (const volume of volumes) {
        const claim = at(volume, "persistentVolumeClaim", "claimName");
        if (claim !== undefined) expect(claims).toContain(claim);
        const config = at(volume, "configMap", "name");
        if (config !== undefined) expect(config).toBe(at(kustomization, "configMapGenerator", 0, "name"));
      }
      const secret = text(at(pod, "containers", 0, "envFrom", 0), "secretRef", "name");
      expect(text(ofKind("Secret")[0], "metadata", "name")).toBe(secret);
    }
  });

  test("kustomization.yaml names every file but the pattern for secrets", () => {
    const listed = [
      ...each(at(kustomization, "resources")),
      "kustomization.yaml",
      "leadwire.yaml",
      "secrets.example.yaml",
    ];
    expect([...files].sort()).toEqual([...listed].sort());
    expect(text(kustomization, "images", 0, "newTag")).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("the configuration is one that the services take", () => {
    const parsed = parseDeployment(read("leadwire.yaml"));
    expect(isRight(parsed) ? parsed.right.log._tag : parsed.left).toBe("kafka");
  });
});
