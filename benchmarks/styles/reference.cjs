// citeproc-js, the reference engine: read {styles, items, locales} as JSON from stdin, write the
// entries of each style as HTML. Each item is rendered alone, so that no other one can affect it.
const CSL = require("citeproc");
const fs = require("fs");
const job = JSON.parse(fs.readFileSync(0, "utf-8"));
const result = {};
for (const [name, task] of Object.entries(job.styles)) {
  const items = Object.fromEntries(task.items.map((item) => [item.id, item]));
  const sys = {
    retrieveItem: (id) => JSON.parse(JSON.stringify(items[id])),
    retrieveLocale: (tag) => {
      const path = `${job.locales}/locales-${tag}.xml`;
      return fs.existsSync(path) ? fs.readFileSync(path, "utf-8") : false;
    },
  };
  const engine = new CSL.Engine(sys, task.xml, task.locale, !!task.locale);
  engine.setOutputFormat("html");
  const one = (ids) => {
    engine.updateItems(ids);
    const list = engine.makeBibliography();
    return list ? { ids: list[0].entry_ids.map((id) => id[0]), entries: list[1] } : null;
  };
  result[name] = {};
  if (task.set) {
    result[name] = one(task.items.map((item) => item.id));
    result[name].cluster = engine.previewCitationCluster(
      { citationItems: task.items.map((item) => ({ id: item.id })), properties: { noteIndex: 0 } },
      [], [], "html");
  } else {
    for (const item of task.items) {
      try {
        result[name][item.id] = one([item.id])?.entries[0] ?? "";
      } catch (error) {
        result[name][item.id] = `citeproc-js fails: ${error}`;
      }
    }
  }
}
process.stdout.write(JSON.stringify(result));
