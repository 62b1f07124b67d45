// citeproc-js: read {locales, fixtures} as JSON from stdin, write the entries or citations of each
// fixture, or its error as a string.
const CSL = require("citeproc");
const fs = require("fs");
const job = JSON.parse(fs.readFileSync(0, "utf-8"));
console.log = console.error = () => {};
CSL.debug = () => {};

function run(fixture) {
  const items = Object.fromEntries(fixture.items.map((item) => [item.id, item]));
  const sys = {
    retrieveItem: (id) => JSON.parse(JSON.stringify(items[id])),
    retrieveLocale: (tag) => {
      const path = `${job.locales}/locales-${tag}.xml`;
      return fs.existsSync(path) ? fs.readFileSync(path, "utf-8") : false;
    },
  };
  const engine = new CSL.Engine(sys, fixture.style);
  engine.setOutputFormat("html");
  if (fixture.mode === "bibliography") {
    engine.updateItems(fixture.items.map((item) => item.id));
    const list = engine.makeBibliography();
    return list ? list[1] : [];
  }
  engine.updateItems(fixture.items.map((item) => item.id));
  if (!fixture.document) {
    return fixture.clusters.map((cluster) => engine.makeCitationCluster(cluster.citationItems));
  }
  const clusters = fixture.clusters.map((cluster, n) => ({
    citationItems: cluster.citationItems,
    properties: cluster.properties || { noteIndex: 0 },
    citationID: `C${n}`,
  }));
  const texts = [];
  clusters.forEach((cluster, n) => {
    const before = clusters.slice(0, n).map((one) => [one.citationID, one.properties.noteIndex]);
    const [, changed] = engine.processCitationCluster(cluster, before, []);
    for (const [index, text] of changed) texts[index] = text;
  });
  return texts;
}

const results = job.fixtures.map((fixture) => {
  try {
    return run(fixture);
  } catch (error) {
    return `citeproc-js fails: ${error}`;
  }
});
process.stdout.write(JSON.stringify(results));
