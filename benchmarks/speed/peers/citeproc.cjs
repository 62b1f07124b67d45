// citeproc-js: print items.json in a style, one reference per line.
const fs = require("fs");
const CSL = require("citeproc");
const [items, style, locales] = process.argv.slice(2);
const found = new Map(JSON.parse(fs.readFileSync(items, "utf-8")).map((item) => [item.id, item]));
const sys = {
  retrieveItem: (id) => found.get(id),
  retrieveLocale: (tag) => {
    const path = `${locales}/locales-${tag}.xml`;
    return fs.existsSync(path) ? fs.readFileSync(path, "utf-8") : false;
  },
};
const engine = new CSL.Engine(sys, fs.readFileSync(style, "utf-8"), "en-US");
engine.setOutputFormat("text");
engine.updateItems([...found.keys()]);
fs.writeSync(1, engine.makeBibliography()[1].map((entry) => `${entry.trim()}\n`).join(""));
