// One reply in both formats: calls go in, each reply as XML must hold what the same call's JSON holds, in the same order.

import assert from 'node:assert/strict';
import { KEY, PLAIN, X509, session } from './flow.mjs';

/** Every text with the path to it; lists, which XML has not, add nothing to a path. The RequestId always differs. */
function leaves(node, path = '') {
  if (typeof node !== 'object') return [[path, String(node)]];
  if (Array.isArray(node)) return node.flatMap((child) => leaves(child, path));
  const names = Object.keys(node).filter((name) => name !== 'RequestId');
  const inside = names.flatMap((name) => leaves(node[name], `${path}/${name}`));
  return inside.length > 0 ? inside : [[path, '']];
}

/** Demands that one call gives the same in both formats, under this root element. */
async function assertSame(client, cloud, root, action, params, credential = KEY) {
  const { body } = await client.call(cloud, action, params, credential);
  const document = await client.xml(cloud, action, params, credential);
  assert.deepEqual(Object.keys(document), [root]);
  assert.deepEqual(leaves(document[root]), leaves(body), action);
}

/** Replies of every action that changes nothing, business errors and gateway errors; the others make batches. */
export async function sameReplies(client, cloud) {
  const { registered, checked } = session(client, cloud);
  const ApplyId = await registered(PLAIN, 3);
  const x509 = await registered(X509, 1);
  const [{ DeviceName }] = await cloud.devices(PLAIN.ProductKey);
  const faulty = { ...PLAIN, DeviceName: ['<&">', 'aw', 'good-one'] };
  for (const [action, params] of [
    ['QueryBatchRegisterDeviceStatus', { ...PLAIN, ApplyId }],
    ['QueryPageByApplyId', { ApplyId }],
    ['QueryPageByApplyId', { ApplyId, CurrentPage: 2 }],
    ['QueryDevice', { ...PLAIN, PageSize: 2 }],
    ['QueryProduct', PLAIN],
    ['QueryProductList', { CurrentPage: 1, PageSize: 10 }],
    ['BatchQueryDeviceDetail', { ...PLAIN, DeviceName: [DeviceName] }],
    ['QueryCertUrlByApplyId', { ApplyId: x509 }],
    ['BatchCheckDeviceNames', faulty],
    ['BatchRegisterDevice', { ...PLAIN, Count: 10_001 }],
    ['QueryPageByApplyId', { ApplyId: 7 }],
  ]) {
    await assertSame(client, cloud, `${action}Response`, action, params);
  }
  await assertSame(client, cloud, 'Error', 'BatchRegisterDevice', PLAIN);
  await assertSame(client, cloud, 'Error', 'QueryProduct', PLAIN, { ...KEY, accessKeyId: 'nobody' });

  const given = await checked(PLAIN, { DeviceName: ['as-xml-1'] });
  for (const [action, params, expected] of [
    ['BatchRegisterDeviceWithApplyId', { ...PLAIN, ApplyId: given }, given],
    ['BatchRegisterDevice', { ...PLAIN, Count: 1 }, given + 1],
    ['BatchCheckDeviceNames', { ...PLAIN, DeviceName: ['as-xml-2'] }, given + 2],
  ]) {
    const document = await client.xml(cloud, action, params, KEY);
    const reply = { Data: { ApplyId: expected }, Success: true };
    assert.deepEqual(leaves(document[`${action}Response`]), leaves(reply), action);
  }
}
