// Runs every GraphQL-over-HTTP audit against the address given, and prints what was found as JSON.
import { serverAudits } from "graphql-http";

const audits = serverAudits({ url: process.argv[2] });
const found = [];
for (const audit of audits) {
  const result = await audit.fn();
  found.push({ id: result.id, name: result.name, status: result.status, reason: result.reason });
}
console.log(JSON.stringify(found));
