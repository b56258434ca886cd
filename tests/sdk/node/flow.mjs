// What the checks have in common: calls that must be accepted or refused, a batch followed to its end, all its pages.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export const KEY = { accessKeyId: 'testid', accessKeySecret: 'testsecret' };
export const PLAIN = { ProductKey: 'a1SimCloud1' };
export const INSTANCED = { ProductKey: 'a1SimCloud2', IotInstanceId: 'iot-sim00001' };
export const X509 = { ProductKey: 'a1SimCloud3' };

const UUID = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;
const PATIENCE_MS = 20_000;
const POLL_MS = 100;

/** The instance of a product, for the calls that take no ProductKey. */
export const instanceOf = ({ IotInstanceId }) => (IotInstanceId ? { IotInstanceId } : {});

/** Demands exactly these fields; a regular expression stands for every text that it matches. */
export function assertShape(value, shape, path = 'reply') {
  if (shape instanceof RegExp) {
    assert.equal(typeof value, 'string', path);
    assert.match(value, shape, path);
  } else if (shape !== null && typeof shape === 'object') {
    assert.ok(value !== null && typeof value === 'object', `${path}: ${value}`);
    assert.deepEqual(Object.keys(value).sort(), Object.keys(shape).sort(), path);
    for (const key of Object.keys(shape)) assertShape(value[key], shape[key], `${path}.${key}`);
  } else {
    assert.strictEqual(value, shape, path);
  }
}

/** One client, one cloud, one credential. */
export function session(client, cloud, credential = KEY) {
  const call = (action, params) => client.call(cloud, action, params, credential);

  /** The reply's own fields; the envelope around them must say success. */
  async function accepted(action, params) {
    const { status, body } = await call(action, params);
    const { RequestId, Success, ...fields } = body;
    assert.deepEqual([status, Success], [200, true], `${action}: ${JSON.stringify(body)}`);
    assert.match(RequestId, UUID);
    return fields;
  }

  /** A business error: HTTP 200, the code, and a text. What stands beside the envelope is returned. */
  async function refused(action, params, code) {
    const { status, body } = await call(action, params);
    const { RequestId, Success, Code, ErrorMessage, ...fields } = body;
    assert.deepEqual([status, Success, Code], [200, false, code], `${action}: ${JSON.stringify(body)}`);
    assert.match(RequestId, UUID);
    assert.ok(ErrorMessage.length > 0);
    return fields;
  }

  /** An error of the gateway: the HTTP status, the code, a text; the text is returned. */
  async function denied(action, params, status, code) {
    const reply = await call(action, params);
    assertShape(reply, {
      status,
      body: {
        RequestId: UUID,
        HostId: 'iot.cn-shanghai.aliyuncs.com',
        Code: code,
        Message: /./,
        Recommend: /^https:\/\/error-center\.aliyun\.com\//,
      },
    });
    return reply.body.Message;
  }

  async function statusOf(product, ApplyId) {
    const { Data, ...rest } = await accepted('QueryBatchRegisterDeviceStatus', { ...product, ApplyId });
    assert.deepEqual(rest, {});
    return Data;
  }

  /** The status once nothing moves any more. */
  async function ended(product, ApplyId) {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const data = await statusOf(product, ApplyId);
      if (data.Status !== 'CHECK' && data.Status !== 'CREATE') return data;
      assert.ok(Date.now() < deadline, `${data.Status} for too long`);
      await pause(POLL_MS);
    }
  }

  /** All rows of a batch; every page must say the same about the whole. */
  async function pages(product, ApplyId, total, PageSize = 50) {
    const rows = [];
    const PageCount = Math.ceil(total / PageSize);
    for (let CurrentPage = 1; CurrentPage <= PageCount; CurrentPage += 1) {
      const asked = { ...instanceOf(product), ApplyId, CurrentPage, PageSize };
      const { ApplyDeviceList, ...rest } = await accepted('QueryPageByApplyId', asked);
      assert.deepEqual(rest, { Page: CurrentPage, PageSize, PageCount, Total: total });
      rows.push(...ApplyDeviceList.ApplyDeviceInfo);
    }
    return rows;
  }

  /** Registers devices with random names; the ApplyId, once they exist. */
  async function registered(product, Count) {
    const { Data, ...rest } = await accepted('BatchRegisterDevice', { ...product, Count });
    assert.deepEqual(rest, {});
    const status = await ended(product, Data.ApplyId);
    assert.deepEqual(status, { Status: 'CREATE_SUCCESS', ValidList: { Name: [] }, InvalidList: { Name: [] } });
    return Data.ApplyId;
  }

  /** Has names checked, which must go well; the ApplyId. */
  async function checked(product, names) {
    const { Data } = await accepted('BatchCheckDeviceNames', { ...product, ...names });
    const status = await ended(product, Data.ApplyId);
    assert.deepEqual(status, { Status: 'CHECK_SUCCESS', ValidList: { Name: [] }, InvalidList: { Name: [] } });
    return Data.ApplyId;
  }

  /** Has names checked and registers them; the ApplyId, once the devices exist. */
  async function registeredNames(product, names) {
    const ApplyId = await checked(product, names);
    const reply = await accepted('BatchRegisterDeviceWithApplyId', { ...product, ApplyId });
    assert.deepEqual(reply, { Data: { ApplyId } });
    assert.equal((await ended(product, ApplyId)).Status, 'CREATE_SUCCESS');
    return ApplyId;
  }

  /** Compares the rows of a batch with the devices that really exist; these are returned. */
  async function assertSaved(product, ApplyId, total) {
    const rows = await pages(product, ApplyId, total);
    const devices = await cloud.devices(product.ProductKey);
    assert.equal(new Set(rows.map(({ DeviceName }) => DeviceName)).size, total);
    const shown = ({ DeviceId, DeviceName, DeviceSecret, IotId }) => ({ DeviceId, DeviceName, DeviceSecret, IotId });
    assert.deepEqual(rows, devices.map(shown));
    assert.ok(devices.every((device) => device.ApplyId === String(ApplyId)));
    assert.ok(rows.every(({ DeviceSecret }) => /^[A-Za-z0-9]{32}$/.test(DeviceSecret)));
    return devices;
  }

  const flow = { statusOf, ended, pages, registered, checked, registeredNames, assertSaved };
  return { client, cloud, call, accepted, refused, denied, ...flow };
}
