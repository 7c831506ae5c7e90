// SPDX-License-Identifier: GPL-3.0-or-later
// The same exchange by PouchDB: a database in files (LevelDB) against its own server.
//
//   node pouch.js fill URL ROWS          the server gets the documents of a file, one JSON object a line
//   node pouch.js pull FOLDER URL        what is new on the server comes
//   node pouch.js push FOLDER URL        what was written here goes
//   node pouch.js edit FOLDER N TIME     N customers' quiet hours end at TIME
//
// Prints {"seconds":…,"cpu":…,"n":…}. Loading Node and opening the database are not timed.
'use strict';
const fs = require('fs');
const readline = require('readline');
const PouchDB = require('pouchdb-node');

const AT_ONCE = 1000;
const [step, ...words] = process.argv.slice(2);

async function fill(url, rows) {
  const remote = new PouchDB(url);
  let n = 0, documents = [];
  const send = async () => {
    for (const answer of await remote.bulkDocs(documents)) if (answer.error) throw answer;
    n += documents.length;
    documents = [];
  };
  for await (const line of readline.createInterface({ input: fs.createReadStream(rows) })) {
    const row = JSON.parse(line);
    documents.push({ _id: `${row.tbl}:${row.id}`, ...row.d, ...(row.months && { months: row.months }) });
    if (documents.length === AT_ONCE) await send();
  }
  await send();
  return n;
}

async function edit(local, n, time) {
  const found = await local.allDocs({ startkey: 'customer:', endkey: 'customer;', limit: n, include_docs: true });
  if (found.rows.length !== n) throw new Error(`only ${found.rows.length} customers here`);
  for (const row of found.rows) await local.put({ ...row.doc, quiet_to: time });    // one by one, as a form saves
  return n;
}

async function exchange(replicate, remote) {
  const done = await replicate(remote, { batch_size: AT_ONCE });
  if (!done.ok || done.doc_write_failures) throw new Error(JSON.stringify(done.errors));
  return done.docs_written;
}

async function run() {
  if (step === 'fill') return { n: await fill(...words), started: process.hrtime.bigint(), used: process.cpuUsage() };
  const local = new PouchDB(words[0]);
  await local.info();
  const started = process.hrtime.bigint(), used = process.cpuUsage();
  const n = step === 'edit' ? await edit(local, Number(words[1]), words[2])
    : await exchange(step === 'pull' ? local.replicate.from : local.replicate.to, words[1]);
  return { n, started, used };
}

run().then(({ n, started, used }) => {
  const cpu = process.cpuUsage(used);
  console.log(JSON.stringify({ seconds: Number(process.hrtime.bigint() - started) / 1e9, cpu: (cpu.user + cpu.system) / 1e6, n }));
  process.exit(0);
}).catch((error) => {
  console.error('pouch.js:', error);
  process.exit(1);
});
