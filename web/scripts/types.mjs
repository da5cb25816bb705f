// Types of the API, from its own description: python -m govnet_api.contract > openapi.json; node scripts/types.mjs
// What the page never names is left out: each question's own addresses are asked by id, through one function.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const document = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));
for (const path of Object.keys(document.paths)) if (/\/questions\/./.test(path)) delete document.paths[path];
const without = (node) => {
  if (Array.isArray(node)) return node.map(without);
  if (node === null || typeof node !== "object") return node;
  // The page asks for JSON; files in other forms are saved as they come.
  if (node.content?.["application/json"] !== undefined)
    node = { ...node, content: { "application/json": node.content["application/json"] } };
  const kept = Object.entries(node).filter(
    ([key, value]) =>
      !(key === "example" || key === "examples" || (key === "description" && typeof value === "string")),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, without(value)]));
};
const text = astToString(await openapiTS(without(document)));
writeFileSync(
  new URL("../src/api/schema.ts", import.meta.url),
  `// Made by npm run types from the API's description. Not kept.\n${text}`,
);
