import { count, ratio, sum } from "../formula.ts";
import { acquisitionSpend, customersNew } from "../measures/index.ts";
import { metric } from "../metric.ts";

/** Spend per new customer, without the category production. */
export const cac = metric({
  id: "cac",
  version: 1,
  better: "lower",
  value: { unit: "money", formula: ratio(sum(acquisitionSpend), count(customersNew)) },
  nullRule: "Null where no customer was won. An account is a customer from its first won deal or subscription start.",
  example:
    "3,100.00 of advertising and 900.00 of sales team in March, 5,000.00 of production, 8 new customers: 4,000.00 / 8 = 500.00.",
  misleads:
    "Spend and customers of one window are compared, though money spent today wins customers later; spend that nobody records makes it low.",
  beside: ["new_customers", "cac_payback", "ltv_to_cac"],
  texts: {
    en: ["Customer acquisition cost", "Spend per new customer"],
    ro: ["Costul de achiziție a clientului", "Cheltuieli per client nou"],
    pl: ["Koszt pozyskania klienta", "Wydatki na jednego nowego klienta"],
    ru: ["Стоимость привлечения клиента", "Расходы на одного нового клиента"],
    "zh-Hant": ["獲客成本", "每位新客戶的支出"],
  },
});
