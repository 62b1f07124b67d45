// citation-js: print items.json as references in a style (arguments: its name and file) or in a
// format ("bibtex", "ris", "data").
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
