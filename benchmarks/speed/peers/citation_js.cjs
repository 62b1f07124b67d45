// citation-js: items.json and what to make of it in: a style and its file for references, or the
// name of a format ("bibtex", "ris", "data"). The references or the file out.
const fs = require("fs");
const { Cite, plugins } = require("@citation-js/core");
const [items, wanted, style] = process.argv.slice(2);
require(`@citation-js/plugin-${{ bibtex: "bibtex", ris: "ris", data: "csl" }[wanted] ?? "csl"}`);
const cite = new Cite(JSON.parse(fs.readFileSync(items, "utf-8")));
let text;
if (style) {
  plugins.config.get("@csl").styles.add(wanted, fs.readFileSync(style, "utf-8"));
  text = cite.format("bibliography", { template: wanted, format: "text", lang: "en-US" });
} else {
  text = cite.format(wanted);
}
fs.writeFileSync(1, text);
