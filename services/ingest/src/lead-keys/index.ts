export { LeadKeyTopic, type LeadKeyTopicOptions } from "./lead-key-topic.ts";
