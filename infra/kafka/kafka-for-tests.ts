import { defaultImage, dockerRuns, startContainerBroker } from "./container-broker.ts";
import { startBreakableBroker, type TestBroker } from "./temporary-broker.ts";

/**
 * A real broker: the one that LEADWIRE_KAFKA names (host:port), else one of our own as `startEmptyBroker` makes it. Where
 * there is none it fails with what to install: a test without a broker has shown nothing, so none is skipped.
 */
export const startBroker = async (): Promise<TestBroker> => {
  const { LEADWIRE_KAFKA: given } = process.env;
  if (given === undefined || given === "") return startEmptyBroker();
  return { bootstrap: given, kind: "given", stop: async () => undefined };
};

/**
 * A broker that nobody else uses, for tests that write to the product's own topics: in a container where Docker runs,
 * else from Maven's jars. LEADWIRE_KAFKA_IMAGE chooses the container's image, and then nothing else will do; without
 * it, a runtime that cannot get Kafka's own image makes way for Maven's jars.
 */
export const startEmptyBroker = async (): Promise<TestBroker> => {
  const { LEADWIRE_KAFKA_IMAGE: image } = process.env;
  if (image !== undefined && image !== "") return startContainerBroker(image);
  if (!(await dockerRuns())) return startBreakableBroker();
  try {
    return await startContainerBroker(defaultImage);
  } catch (cause) {
    console.warn(`Docker runs, but not ${defaultImage} (${cause}). Starting Kafka from Maven's jars instead.`);
    return startBreakableBroker();
  }
};
