#!/bin/sh
# detect-europe-js 0.1.2 (npm) tells from a browser's time zone whether somebody is in the EU, the
# EEA, EFTA or the Schengen area. Its EU lacks the zones of Ceuta and Büsingen, which are in the EU,
# and its Schengen area has Andorra, Monaco, San Marino and the Vatican, which never joined it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund detect-europe-js@0.1.2 >/dev/null
node - <<'JS'
const { readFileSync } = require("fs");
const found = JSON.parse(readFileSync("node_modules/detect-europe-js/package.json"));
console.log("detect-europe-js", found.version);
const { isFromEU, isFromSchengen } = require("detect-europe-js");
global.window = { Intl };
function at(zone) {
  // The library asks the browser for its zone.
  Intl.DateTimeFormat = () => ({ resolvedOptions: () => ({ timeZone: zone }) });
  return { eu: isFromEU(), schengen: isFromSchengen() };
}
const expected = {
  "Africa/Ceuta": { eu: false }, "Europe/Busingen": { eu: false },
  "Europe/Andorra": { schengen: true }, "Europe/Monaco": { schengen: true },
  "Europe/San_Marino": { schengen: true }, "Europe/Vatican": { schengen: true },
};
for (const [zone, want] of Object.entries(expected)) {
  const said = at(zone);
  console.log(zone, JSON.stringify(said));
  for (const key of Object.keys(want)) {
    if (said[key] !== want[key]) { console.error(`changed: ${zone} ${key}`); process.exit(1); }
  }
}
JS
