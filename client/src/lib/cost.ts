import { formatCompact, formatCount, plural } from "./format";

const dollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 2 });
const wholeDollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const exactDollars = new Intl.NumberFormat("en", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 6 });

/** Of millionths of a US dollar. */
export function formatUsd(microUsd: number): string {
  if (microUsd > 0 && microUsd < 10_000) return "<$0.01";
  return microUsd >= 1_000_000_000 ? wholeDollars.format(microUsd / 1_000_000) : dollars.format(microUsd / 1_000_000);
}

export const formatExactUsd = (microUsd: number) => exactDollars.format(microUsd / 1_000_000);

/** What the figure is, wherever it stands. */
export const costMeaning = "API-equivalent: what the tokens cost at the API's list prices";

interface Costs {
  costMicroUsd: number;
  unpricedResponses: number;
}

/** A cost as it is shown, and what is to be known of it; null if there is nothing to tell. */
export function costOf({ costMicroUsd, unpricedResponses }: Costs): { text: string; title: string } | null {
  if (unpricedResponses === 0) return costMicroUsd === 0 ? null : { text: formatUsd(costMicroUsd), title: `${formatExactUsd(costMicroUsd)}, ${costMeaning}` };
  const missing = `${plural(unpricedResponses, "response")} without a known price`;
  return costMicroUsd === 0
    ? { text: "unpriced", title: missing }
    : { text: `${formatUsd(costMicroUsd)}+`, title: `at least ${formatExactUsd(costMicroUsd)}, ${costMeaning}; ${missing}` };
}

/** How full a context is, as it is shown; null before the first response. */
export function fillOf(tokens: number, window: number | null): { text: string; title: string } | null {
  if (tokens === 0) return null;
  const percent = window === null ? 0 : Math.round((100 * tokens) / window);
  return window === null
    ? { text: `ctx ${formatCompact(tokens)}`, title: `${formatCount(tokens)} tokens in the context of the last response; its size is not known` }
    : { text: `ctx ${percent === 0 ? "<1" : percent} %`, title: `${formatCount(tokens)} of ${formatCount(window)} tokens in the context of the last response` };
}
