'use strict';
// Runs a list of steps through the unmodified Node driver and prints one JSON line per step.
//
// node steps.js '<json>' where json is
//   { "connection": { …options of snowflake-sdk createConnection, such as accessUrl, account, username, password,
//                     authenticator, token … },
//     "steps": [ { "sql": "…", "binds": […], "parameters": {…}, "multi": 2, "async": true, "cancelAfterMs": 300,
//                  "requestId": "…", "describeOnly": true, "keep": 3 } ] }
// A line: { "step", "ok", "queryId", "columns", "rows", "first", "updated", "ms" } or
//         { "step", "ok": false, "code", "sqlState", "message", "queryId", "ms" }. "first" holds the first "keep" rows.
const snowflake = require('snowflake-sdk');

snowflake.configure({ logLevel: 'OFF', disableOCSPChecks: true, additionalLogToConsole: false });

const config = JSON.parse(process.argv[2]);
const print = (line) => process.stdout.write(JSON.stringify(line) + '\n');
const failure = (err) => ({
  ok: false,
  code: err.code === undefined ? null : String(err.code),
  sqlState: err.sqlState || null,
  message: err.message,
  queryId: (err.data && err.data.queryId) || null,
});

function connect() {
  const connection = snowflake.createConnection(Object.assign({ application: 'driver-steps' }, config.connection));
  return new Promise((resolve, reject) =>
    connection.connectAsync
      ? connection.connectAsync((err) => (err ? reject(err) : resolve(connection))).catch(reject)
      : connection.connect((err) => (err ? reject(err) : resolve(connection))));
}

function read(statement, keep) {
  return new Promise((resolve, reject) => {
    const first = [];
    let rows = 0;
    const stream = statement.streamRows();
    stream.on('error', reject);
    stream.on('data', (row) => {
      if (rows < keep) first.push(row);
      rows += 1;
    });
    stream.on('end', () => resolve({ rows, first }));
  });
}

const isMulti = (step) => step.multi !== undefined && step.multi !== 1;

// The driver calls "complete" once more for each further result of a multi-statement request.
function execute(connection, step, further) {
  return new Promise((resolve, reject) => {
    const options = { sqlText: step.sql, streamResult: !isMulti(step) };
    for (const name of ['binds', 'parameters', 'requestId', 'describeOnly']) {
      if (step[name] !== undefined) options[name] = step[name];
    }
    if (step.async) options.asyncExec = true;
    if (step.multi !== undefined) {
      options.parameters = Object.assign({}, options.parameters, { MULTI_STATEMENT_COUNT: step.multi });
    }
    let answered = false;
    options.complete = (err, statement, rows) => {
      if (statement && rows) statement.collected = rows;
      if (answered) further(err, statement);
      else if (err) reject(err);
      else resolve(statement);
      answered = true;
    };
    const running = connection.execute(options);
    if (step.cancelAfterMs !== undefined) {
      setTimeout(() => running.cancel(() => {}), step.cancelAfterMs);
    }
  });
}

async function run(connection, step, index) {
  const started = Date.now();
  const line = { step: index };
  try {
    let deliver = () => {};
    let statement = await execute(connection, step, (err, following) => deliver(err, following));
    if (step.async) {
      const queryId = statement.getQueryId();
      const result = await connection.getResultsFromQueryId({ queryId, sqlText: step.sql, asyncExec: false });
      statement = result.getQueryId ? result : statement;
      line.queryId = queryId;
    }
    const keep = step.keep === undefined ? 3 : step.keep;
    line.ok = true;
    line.queryId = line.queryId || statement.getQueryId();
    if (isMulti(step)) {
      line.children = [];
      let current = statement;
      for (;;) {
        const seen = current.collected || [];
        line.children.push({ queryId: current.getQueryId(), rows: seen.length, first: seen.slice(0, keep) });
        if (!current.hasNext || !current.hasNext()) break;
        const next = new Promise((resolve, reject) => {
          deliver = (err, following) => (err ? reject(err) : resolve(following));
        });
        current.NextResult();
        current = await next;
        if (line.children.length > 50) break;
      }
    } else {
      Object.assign(line, await read(statement, keep));
    }
    line.columns = (statement.getColumns() || []).map((c) => ({ name: c.getName(), type: c.getType() }));
    line.updated = statement.getNumUpdatedRows ? statement.getNumUpdatedRows() : null;
  } catch (err) {
    Object.assign(line, failure(err));
  }
  line.ms = Date.now() - started;
  print(line);
}

async function main() {
  let connection;
  try {
    connection = await connect();
  } catch (err) {
    print(Object.assign({ step: 'connect' }, failure(err)));
    return;
  }
  print({ step: 'connect', ok: true });
  for (let i = 0; i < config.steps.length; i += 1) {
    await run(connection, config.steps[i], i);
  }
  await new Promise((resolve) => connection.destroy(() => resolve()));
}

// A pipe is written to later, and what is left at exit is lost: megabytes of rows would end in the middle.
const exit = (code) => process.stdout.write('', () => process.exit(code));

main().then(() => exit(0), (err) => {
  print({ step: 'harness', ok: false, message: String(err && err.stack) });
  exit(1);
});
