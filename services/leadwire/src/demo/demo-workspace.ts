import { currency, dayReps, nightReps, timeZone } from "./company.ts";

const people = [...dayReps, ...nightReps]
  .map(({ name, team, region }) => `  - { rep: ${name}, team: ${team}, region: ${region} }`)
  .join("\n");

/** The `leadwire.yaml` that the demo writes into its data directory. */
export const demoWorkspaceYaml = `# The demo's company. Every line has a default; change one and see what moves.
time_zone: ${timeZone}
currency: ${currency}
business_hours:
  monday-friday: 09:00-18:00
response_sla: 5 min
people:
${people}
pipelines:
  - id: default
    stages:
      - { id: new, probability: 0.05 }
      - { id: contacted, probability: 0.10 }
      - { id: qualified, probability: 0.25, qualified: true }
      - { id: proposal, probability: 0.50, opportunity: true }
      - { id: negotiation, probability: 0.75 }
`;
