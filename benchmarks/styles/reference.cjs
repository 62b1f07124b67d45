// citeproc-js, the reference engine: read {styles, items, locales} as JSON from stdin, write the
// entries of each style as HTML. Each item is rendered alone, so that no other one can affect it; then
// the citations and the list of a document whose items can be confused.
const CSL = require("citeproc");
const fs = require("fs");
const job = JSON.parse(fs.readFileSync(0, "utf-8"));
const result = {};
for (const [name, task] of Object.entries(job.styles)) {
  const items = Object.fromEntries([...task.items, ...task.listed].map((item) => [item.id, item]));
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
    return list ? { entries: list[1] } : null;
  };
  result[name] = {};
  for (const item of task.items) {
    try {
      result[name][item.id] = one([item.id])?.entries[0] ?? "";
    } catch (error) {
      result[name][item.id] = `citeproc-js fails: ${error}`;
    }
  }
  try {
    result[name].list = document(engine, task.list);
  } catch (error) {
    result[name].list = { error: String(error) };
  }
}

// Return the citations and the entries of a document.
function document(engine, list) {
  engine.updateItems([]);
  const citations = [], before = [];
  list.forEach((cluster, number) => {
    const citation = { citationID: `C${number}`, ...cluster };
    const [, changed] = engine.processCitationCluster(citation, [...before], []);
    for (const [index, text] of changed) citations[index] = text;
    before.push([citation.citationID, cluster.properties.noteIndex]);
  });
  const made = engine.makeBibliography();
  return { citations, entries: made ? made[1] : [] };
}
process.stdout.write(JSON.stringify(result));
