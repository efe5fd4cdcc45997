// Stands in for the core where a test is about the element: does what the input tells it to do.
let broken = false;

export default async function init() {}

const decode = (bytes) => new TextDecoder().decode(bytes);

export async function verify(bytes, options, host) {
  if (broken) throw new Error("a dead instance was used again");
  const order = JSON.parse(decode(bytes));
  if (order.wait) await new Promise((resolve) => setTimeout(resolve, order.wait));
  if (broken) throw new WebAssembly.RuntimeError("unreachable");
  if (order.trap) {
    broken = true;
    throw new WebAssembly.RuntimeError("unreachable");
  }
  if (order.misuse) throw "options.policy: wrong type";
  const answers = {};
  const ask = async (url) => {
    const need = { id: url, kind: order.kind ?? "status-list", url, host: new URL(url).host, why: "currency.revocation", maxBytes: 1_000, accept: "application/json", optional: false };
    host.onProgress?.({ round: 1, known: Object.keys(answers).length, total: order.needs.length });
    const answer = await host.onNeed?.(need);
    answers[url] = answer instanceof Uint8Array ? decode(answer) : JSON.stringify(answer) ?? "undefined";
  };
  if (order.together) await Promise.all(order.needs.map(ask));
  else for (const url of order.needs ?? []) await ask(url);
  const where = typeof document === "object" ? "page" : "worker";
  return { ...order.report, args: { ...order.report.args, echo: JSON.stringify({ options, answers, where, aborted: host.signal?.aborted ?? false }) } };
}
