import type { SubscriptionChanged, SurveyAnswered } from "@leadwire/events";
import { currencyOf, type Making } from "./random-lead.ts";

/** One change of one of an account's three subscriptions: also a comeback, and a cancellation of what never ran. */
export const subscriptionChanged = (making: Making, account: string): SubscriptionChanged => ({
  type: "subscription-changed",
  ...making.head(making.moment()),
  account_id: account,
  subscription_id: `${account}-s${making.random.whole(1, 3)}`,
  mrr_minor: making.random.pick([0, 0, 0, 4_900, 4_900, 9_900, 12_345]),
  currency: currencyOf(making),
  reason: making.random.pick(["started", "changed", "cancelled"]),
});

export const surveyAnswered = (making: Making, account: string): SurveyAnswered => {
  const kind = making.random.pick(["csat", "nps"] as const);
  return {
    type: "survey-answered",
    ...making.head(making.moment()),
    account_id: account,
    kind,
    score: kind === "nps" ? making.random.whole(0, 10) : making.random.pick([1, 4, 5, 4.5, 3.25]),
  };
};
