import type { Company } from "../company.ts";
import {
  businessMs,
  counted,
  growth,
  levelBeforeMs,
  mean,
  metricOf,
  needingActivity,
  type OracleMetric,
  outcomes,
  percentile,
  share,
  unitsMilli,
  wallMs,
  within,
  withinPrior,
} from "../metric.ts";
import type { OracleWindow } from "../window.ts";

type Part = (company: Company, window: OracleWindow) => ReturnType<typeof within>;

const created: Part = (c, w) => within(c.created, w);
const responses: Part = (c, w) => within(c.responses, w);
const slas: Part = (c, w) => within(c.slas, w);
const businessSlas: Part = (c, w) => within(c.businessSlas, w);
const waiting: Part = (c, w) => c.waitingAt(levelBeforeMs(w), w.levelMs);
const meetings: Part = (c, w) => within(c.firstMeetings, w);

const activity = (...kinds: ReadonlyArray<string>): OracleMetric =>
  counted("activities", (c, w) => outcomes(within(c.activities, w), ...kinds));
const humanKinds = ["call", "email", "message", "meeting_booked", "meeting_held"];

const p = (percent: number, part: Part, take = wallMs): OracleMetric =>
  needingActivity(percentile("s", percent, part, take));

export const leadMetrics: Readonly<Record<string, OracleMetric>> = {
  new_leads: counted("leads", created),
  sales_qualified_leads: counted("leads", (c, w) => within(c.qualified, w)),
  lead_velocity_rate: metricOf({
    unit: "ratio",
    lists: (c, w) => ({ now: within(c.qualified, w), before: withinPrior(c.qualified, w) }),
    formula: ({ now, before }, { window }) => growth(now.length, before.length, window),
  }),
  "lead_response_time.mean": needingActivity(mean("s", responses, wallMs)),
  "lead_response_time.p50": p(50, responses),
  "lead_response_time.p90": p(90, responses),
  "lead_response_time.p95": p(95, responses),
  "lead_response_time.business_mean": needingActivity(mean("s", responses, businessMs)),
  "lead_response_time.business_p50": p(50, responses, businessMs),
  "lead_response_time.business_p90": p(90, responses, businessMs),
  "lead_response_time.business_p95": p(95, responses, businessMs),
  response_within_sla: needingActivity(share("ratio", (c, w) => outcomes(slas(c, w), "met"), slas)),
  "response_within_sla.business": needingActivity(
    share("ratio", (c, w) => outcomes(businessSlas(c, w), "met"), businessSlas),
  ),
  "unanswered_leads.count": needingActivity(counted("leads", waiting)),
  "unanswered_leads.age_p50": p(50, waiting),
  "unanswered_leads.age_max": p(100, waiting),
  conversion_rate: share("ratio", (c, w) => within(c.wonLeads, w), created),
  "lead_to_opportunity.cohort": share("ratio", (c, w) => within(c.cohortOpportunities, w), created),
  "lead_to_opportunity.by_period": share("ratio", (c, w) => within(c.opportunities, w), created),
  "touchpoints_to_first_meeting.mean": needingActivity(mean("touches", meetings, unitsMilli)),
  "touchpoints_to_first_meeting.p50": needingActivity(percentile("touches", 50, meetings, unitsMilli)),
  "sales_activity.all": activity(...humanKinds),
  "sales_activity.calls": activity("call"),
  "sales_activity.emails": activity("email"),
  "sales_activity.messages": activity("message"),
  "sales_activity.meetings_booked": activity("meeting_booked"),
  "sales_activity.meetings_held": activity("meeting_held"),
  "sales_activity.automated": activity("automated"),
  meeting_show_rate: share(
    "ratio",
    (c, w) => outcomes(within(c.activities, w), "meeting_held"),
    (c, w) => outcomes(within(c.activities, w), "meeting_booked"),
  ),
};
