import { defaultImage, dockerRuns, startContainerBroker } from "./container-broker.ts";
import { startBreakableBroker, type TestBroker } from "./temporary-broker.ts";

/**
 * A real broker: the one that LEADWIRE_KAFKA names (host:port), else one in a container where Docker runs, else one from
 * Maven's jars. None of them fails with what to install: a test that has no broker has shown nothing, so none is skipped.
 *
 * LEADWIRE_KAFKA_IMAGE chooses the container's image, and then nothing else will do. Without it, a runtime that cannot
 * get Kafka's own image makes way for Maven's jars.
 */
export const startBroker = async (): Promise<TestBroker> => {
  const { LEADWIRE_KAFKA: given, LEADWIRE_KAFKA_IMAGE: image } = process.env;
  if (given !== undefined && given !== "") return { bootstrap: given, kind: "given", stop: async () => undefined };
  if (image !== undefined && image !== "") return startContainerBroker(image);
  if (!(await dockerRuns())) return startBreakableBroker();
  try {
    return await startContainerBroker(defaultImage);
  } catch (cause) {
    console.warn(`Docker runs, but not ${defaultImage} (${cause}). Starting Kafka from Maven's jars instead.`);
    return startBreakableBroker();
  }
};
