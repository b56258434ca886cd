// Runs every check with every official Node.js SDK. In: SDK_FOLDER, where they are installed, and SIMCLOUD, host and
// port of the simulated cloud. Out: a line per check, and `test result: …`, from which the cases are counted.

import { CHECKS } from './checks.mjs';
import { CLIENTS } from './clients.mjs';

const host = process.env.SIMCLOUD;

async function simulated(path, body) {
  const answer = await fetch(`http://${host}/_sim/${path}`, body && { method: 'POST', body });
  if (!answer.ok) throw new Error(`/_sim/${path}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** The simulated cloud, seen from behind. */
const cloud = {
  host,
  devices: async (productKey) => (await simulated(`devices?product_key=${productKey}`)).json(),
  state: async () => (await simulated('state')).json(),
  setFaults: (faults) => simulated('faults', JSON.stringify(faults)),
};

let passed = 0;
let failed = 0;
for (const client of CLIENTS) {
  console.log(client.name);
  for (const { name, run } of CHECKS.filter(({ when }) => !when || when(client))) {
    await simulated('reset', '{}');
    try {
      await run(client, cloud);
      passed += 1;
      console.log(`  ok      ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`  FAILED  ${name}\n${error?.stack ?? JSON.stringify(error)}`);
    }
  }
}
console.log(`test result: ${failed ? 'FAILED' : 'ok'}. ${passed} passed; ${failed} failed`);
process.exit(failed ? 1 : 0);
