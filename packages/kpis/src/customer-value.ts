import { dividedBy, type Expression, ends, months, multiply, subtract, taken } from "./expression.ts";
import { count, sum } from "./formula.ts";
import {
  acquisitionSpend,
  costedSales,
  customersActive,
  customersNew,
  mrrLevel,
  saleAmounts,
  saleCosts,
} from "./measures/index.ts";
import type { Caution } from "./metric.ts";

/**
 * What a customer costs, brings and how long it stays: the parts that several metrics of accounts share, each defined
 * once. By the month wherever a number grows with the window (kpis.md, "Customers").
 */

/** Share of the sales that is left after their cost, over lines that state one. */
export const grossMargin: Expression = dividedBy(
  subtract(taken(sum(costedSales)), taken(sum(saleCosts))),
  taken(sum(costedSales)),
);

/** Sales that state no cost are not in a gross margin. */
export const missingCost: Caution = {
  flag: "missing_cost",
  count: subtract(taken(count(saleAmounts)), taken(count(costedSales))),
};

/** Monthly recurring revenue per active customer, both at the window's end. */
export const mrrPerCustomer: Expression = dividedBy(taken(sum(mrrLevel)), taken(count(customersActive)));

/** Sales of the window per month and customer that is active at its end. */
export const salesPerCustomerMonth: Expression = dividedBy(
  taken(sum(saleAmounts)),
  multiply(months, taken(count(customersActive))),
);

/** Customers of the window's start who are none at its end. */
export const customersLost: Expression = subtract(ends(customersActive, "started"), ends(customersActive, "kept"));

/** Share of the start's customers lost per month, as if the window's loss had been even. */
export const monthlyChurn: Expression = dividedBy(customersLost, multiply(months, ends(customersActive, "started")));

/** Spend per new customer, without the category production. */
export const acquisitionCost: Expression = dividedBy(taken(sum(acquisitionSpend)), taken(count(customersNew)));
