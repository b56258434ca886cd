// The table of checks: a name, what to do, and for some which clients can. Every check begins with an empty cloud.

import assert from 'node:assert/strict';
import { sameReplies } from './formats.mjs';
import { INSTANCED, KEY, PLAIN, X509, assertShape, session } from './flow.mjs';

const NICKNAMED = [
  { DeviceName: 'sensor-0001', DeviceNickname: '客厅灯_1' },
  { DeviceName: 'a@b.c:d_e-f', DeviceNickname: 'リビング' },
  ...Array.from({ length: 9 }, (_, index) => ({ DeviceName: `sensor-1${index}`, DeviceNickname: `lamp_${index}` })),
  { DeviceName: '0123456789abcdefghijABCDEFGHIJ._' },
];

/** One each of what encoders treat in different ways. */
const ODD = "~!*'()% +&=/é灯💡";

const GMT = /^[A-Z][a-z]{2}, \d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2} GMT$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** What is said about a faulty name that came without a nickname. */
const detail = (DeviceName) => ({ DeviceName, NickName: '', ErrorMsg: /./ });

const sts = (securityToken, accessKeyId = 'STS.testid') => ({ ...KEY, accessKeyId, securityToken });

async function randomNames(client, cloud, product) {
  const { registered, assertSaved } = session(client, cloud);
  const devices = await assertSaved(product, await registered(product, 120), 120);
  assert.ok(devices.every(({ DeviceName, DeviceId, Nickname }) => DeviceName === DeviceId && Nickname === ''));
}

async function nicknames(client, cloud) {
  const { registeredNames, assertSaved } = session(client, cloud);
  const devices = await assertSaved(PLAIN, await registeredNames(PLAIN, { DeviceNameList: NICKNAMED }), 12);
  const expected = NICKNAMED.map(({ DeviceName, DeviceNickname = '' }) => [DeviceName, DeviceNickname]);
  assert.deepEqual(devices.map(({ DeviceName, Nickname }) => [DeviceName, Nickname]), expected);
}

async function plainNames(client, cloud) {
  const { registeredNames, assertSaved } = session(client, cloud);
  const names = Array.from({ length: 55 }, (_, index) => `SN-${String(index).padStart(4, '0')}`);
  const devices = await assertSaved(INSTANCED, await registeredNames(INSTANCED, { DeviceName: names }), 55);
  assert.deepEqual(devices.map(({ DeviceName }) => DeviceName), names);
}

async function surplusNames(client, cloud) {
  const { registeredNames, accepted } = session(client, cloud);
  const names = Array.from({ length: 10_001 }, (_, index) => `device-${index}`);
  const ApplyId = await registeredNames(PLAIN, { DeviceName: names });
  assert.equal((await cloud.state()).devices[PLAIN.ProductKey], 10_000);
  const { ApplyDeviceList, Total } = await accepted('QueryPageByApplyId', { ApplyId, CurrentPage: 1000 });
  assert.deepEqual([Total, ApplyDeviceList.ApplyDeviceInfo.at(-1).DeviceName], [10_000, 'device-9999']);
}

async function surplusX509Names(client, cloud) {
  const { registeredNames } = session(client, cloud);
  const names = Array.from({ length: 1001 }, (_, index) => `device-${index}`);
  await registeredNames(X509, { DeviceName: names });
  const devices = await cloud.devices(X509.ProductKey);
  assert.deepEqual(devices.map(({ DeviceName }) => DeviceName), names.slice(0, 1000));
}

async function faultyNames(client, cloud) {
  const { refused } = session(client, cloud);
  const names = ['APT$', 'good-one', ODD, 'twice', 'twice'];
  const code = 'iot.device.InvalidFormattedDeviceName';
  const { Data } = await refused('BatchCheckDeviceNames', { ...PLAIN, DeviceName: names }, code);
  assertShape(Data, {
    InvalidDeviceNameList: { InvalidDeviceName: ['APT$', ODD] },
    InvalidDeviceNicknameList: { InvalidDeviceNickname: [] },
    ...(client.knowsDetails && {
      RepeatedDeviceNameList: { RepeatDevieNameList: ['twice'] },
      InvalidDetailList: { InvalidDetailList: ['APT$', ODD, 'twice'].map(detail) },
    }),
  });
  assert.equal((await cloud.state()).batches, 0);
}

async function faultyNicknames(client, cloud) {
  const { refused } = session(client, cloud);
  const list = [
    { DeviceName: 'good-one', DeviceNickname: 'good' },
    { DeviceName: 'bad-one', DeviceNickname: 'no !' },
  ];
  const code = 'iot.device.InvalidDeviceNickNameExisted';
  const { Data } = await refused('BatchCheckDeviceNames', { ...PLAIN, DeviceNameList: list }, code);
  const illegal = { DeviceName: 'bad-one', NickName: 'no !', ErrorMsg: 'The nick name is illegal.' };
  assert.deepEqual(Data, {
    InvalidDeviceNameList: { InvalidDeviceName: [] },
    InvalidDeviceNicknameList: { InvalidDeviceNickname: ['no !'] },
    ...(client.knowsDetails && {
      RepeatedDeviceNameList: { RepeatDevieNameList: [] },
      InvalidDetailList: { InvalidDetailList: [illegal] },
    }),
  });
}

async function takenNames(client, cloud) {
  const { registeredNames, accepted, refused, ended } = session(client, cloud);
  await registeredNames(PLAIN, { DeviceName: ['taken-1'] });
  const names = { ...PLAIN, DeviceName: ['free-1', 'taken-1'] };
  const { ApplyId } = (await accepted('BatchCheckDeviceNames', names)).Data;
  assertShape(await ended(PLAIN, ApplyId), {
    Status: 'CHECK_FAILED',
    ValidList: { Name: ['free-1'] },
    InvalidList: { Name: ['taken-1'] },
    ...(client.knowsDetails && { InvalidDetailList: { invalidDetailList: [detail('taken-1')] } }),
  });
  const code = 'iot.device.IncorrentDeviceApplyInfo';
  await refused('BatchRegisterDeviceWithApplyId', { ...PLAIN, ApplyId }, code);
}

async function partialFailure(client, cloud) {
  const { accepted, ended, assertSaved } = session(client, cloud);
  const effect = { fail_devices: { count: 2 } };
  await cloud.setFaults({ faults: [{ action: 'BatchRegisterDevice', effect }] });
  const { ApplyId } = (await accepted('BatchRegisterDevice', { ...PLAIN, Count: 8 })).Data;
  const status = await ended(PLAIN, ApplyId);
  const devices = await assertSaved(PLAIN, ApplyId, 6);
  const failed = status.InvalidList.Name;
  assertShape(failed, [/^\w{20}$/, /^\w{20}$/]);
  assertShape(status, {
    Status: 'CREATE_FAILED',
    ValidList: { Name: devices.map(({ DeviceName }) => DeviceName) },
    InvalidList: { Name: failed },
    ...(client.knowsDetails && { InvalidDetailList: { invalidDetailList: failed.map(detail) } }),
  });
}

async function running(client, cloud) {
  const { accepted, refused, statusOf } = session(client, cloud);
  const stuck = (action) => ({ action, effect: 'stuck' });
  await cloud.setFaults({ faults: [stuck('BatchRegisterDevice'), stuck('BatchCheckDeviceNames')] });
  const { ApplyId } = (await accepted('BatchRegisterDevice', { ...PLAIN, Count: 3 })).Data;
  const lists = { ValidList: { Name: [] }, InvalidList: { Name: [] } };
  assert.deepEqual(await statusOf(PLAIN, ApplyId), { Status: 'CREATE', ...lists });
  const page = await accepted('QueryPageByApplyId', { ApplyId });
  assert.deepEqual(page, { ApplyDeviceList: { ApplyDeviceInfo: [] }, Page: 1, PageSize: 10, PageCount: 0, Total: 0 });
  const again = { ...PLAIN, ApplyId };
  await refused('BatchRegisterDeviceWithApplyId', again, 'iot.device.CreateDeviceTaskIsRunning');
  const check = (await accepted('BatchCheckDeviceNames', { ...PLAIN, DeviceName: ['named'] })).Data;
  assert.deepEqual(await statusOf(PLAIN, check.ApplyId), { Status: 'CHECK', ...lists });
}

async function listedByToken(client, cloud) {
  const { registered, accepted } = session(client, cloud);
  await registered(PLAIN, 70);
  await registered(PLAIN, 50);
  const rows = [];
  let NextToken;
  do {
    const asked = { ...PLAIN, PageSize: 50, ...(NextToken && { NextToken }) };
    const { Data, NextToken: next, ...rest } = await accepted('QueryDevice', asked);
    assert.deepEqual(rest, { Page: 1, PageSize: 50, PageCount: 3, Total: 120 });
    assert.notEqual(next ?? '', NextToken);
    rows.push(...Data.DeviceInfo);
    NextToken = next;
  } while (NextToken);
  const devices = (await cloud.devices(PLAIN.ProductKey)).reverse();
  assertShape(rows, devices.map(({ ApplyId, ...device }) => ({
    ...device,
    DeviceStatus: 'UNACTIVE',
    GmtCreate: GMT,
    GmtModified: GMT,
    UtcCreate: UTC,
    UtcModified: UTC,
  })));
}

async function oneProduct(client, cloud) {
  const { registered, accepted } = session(client, cloud);
  await registered(INSTANCED, 3);
  const { Data } = await accepted('QueryProduct', INSTANCED);
  assert.ok(Number.isInteger(Data.GmtCreate) && Data.GmtCreate > 1e12, `${Data.GmtCreate} is not a time in ms`);
  assertShape(Data, {
    ProductKey: INSTANCED.ProductKey,
    ProductName: `product ${INSTANCED.ProductKey}`,
    ProductSecret: /^[A-Za-z0-9]{16}$/,
    ProductStatus: 'DEVELOPMENT_STATUS',
    AuthType: 'secret',
    NodeType: 0,
    NetType: 3,
    DataFormat: 1,
    DeviceCount: 3,
    GmtCreate: Data.GmtCreate,
    Owner: true,
    CategoryKey: 'others',
    CategoryName: 'others',
    AliyunCommodityCode: 'iothub_senior',
    ProtocolType: 'mqtt',
    Description: '',
    Id2: false,
    ValidateType: 1,
  });
}

async function productList(client, cloud) {
  const { accepted, refused } = session(client, cloud);
  const list = (params) => accepted('QueryProductList', params).then(({ Data }) => Data);
  const keys = ({ List }) => List.ProductInfo.map(({ ProductKey }) => ProductKey);
  const all = await list({ CurrentPage: 1, PageSize: 200 });
  // Newest first, and only those without an instance.
  assert.deepEqual(keys(all), [X509.ProductKey, PLAIN.ProductKey]);
  const [newest] = all.List.ProductInfo;
  assertShape(newest, {
    ProductKey: X509.ProductKey,
    ProductName: `product ${X509.ProductKey}`,
    NodeType: 0,
    DataFormat: 1,
    DeviceCount: 0,
    GmtCreate: newest.GmtCreate,
    AuthType: 'x509',
    Description: '',
  });
  const { List, ...second } = await list({ CurrentPage: 2, PageSize: 1 });
  assert.deepEqual(second, { CurrentPage: 2, PageCount: 2, PageSize: 1, Total: 2 });
  assert.deepEqual(keys({ List }), [PLAIN.ProductKey]);
  assert.deepEqual(keys(await list({ CurrentPage: 3, PageSize: 1 })), []);
  const { IotInstanceId } = INSTANCED;
  assert.deepEqual(keys(await list({ CurrentPage: 1, PageSize: 10, IotInstanceId })), [INSTANCED.ProductKey]);
  const odd = { CurrentPage: 1, PageSize: 10, AliyunCommodityCode: 'neither' };
  await refused('QueryProductList', odd, 'iot.prod.InvalidAliyunCommodityCode');
}

async function details(client, cloud) {
  const { registeredNames, accepted } = session(client, cloud);
  await registeredNames(PLAIN, { DeviceNameList: NICKNAMED });
  const DeviceName = ['unknown', ...NICKNAMED.map((named) => named.DeviceName)];
  const { Data } = await accepted('BatchQueryDeviceDetail', { ...PLAIN, DeviceName });
  const devices = await cloud.devices(PLAIN.ProductKey);
  assertShape(Data.Data, devices.map(({ ApplyId, DeviceId, ...device }) => ({
    ...device,
    ProductName: `product ${PLAIN.ProductKey}`,
    NodeType: 0,
    Region: 'cn-shanghai',
    Status: 'UNACTIVE',
    FirmwareVersion: '',
    GmtCreate: GMT,
    UtcCreate: UTC,
    GmtActive: '',
    UtcActive: '',
  })));
}

async function certificates(client, cloud) {
  const { registered, accepted, refused } = session(client, cloud);
  const ApplyId = await registered(X509, 2);
  const { CertUrl } = await accepted('QueryCertUrlByApplyId', { ApplyId });
  assert.match(CertUrl, new RegExp(`^https://.*/${ApplyId}\\.zip$`));
  const other = await registered(PLAIN, 1);
  await refused('QueryCertUrlByApplyId', { ApplyId: other }, 'iot.device.IncorrentDeviceApplyInfo');
}

async function temporaryCredential(client, cloud) {
  const { registered, assertSaved } = session(client, cloud, sts('testtoken'));
  await assertSaved(PLAIN, await registered(PLAIN, 2), 2);
}

async function wrongTokens(client, cloud) {
  for (const [credential, code] of [
    [sts('oldtoken', 'STS.expiredid'), 'InvalidSecurityToken.Expired'],
    [sts('no token'), 'InvalidSecurityToken.Malformed'],
    [sts('oldtoken'), 'InvalidSecurityToken.MismatchWithAccessKey'],
    [sts('testtoken', 'testid'), 'InvalidSecurityToken.MismatchWithAccessKey'],
    [sts(undefined), 'MissingSecurityToken'],
  ]) {
    await session(client, cloud, credential).denied('QueryProduct', PLAIN, 400, code);
  }
}

async function wrongSecret(client, cloud) {
  const { denied } = session(client, cloud, { ...KEY, accessKeySecret: 'another' });
  const message = await denied('BatchRegisterDevice', { ...PLAIN, Count: 1 }, 400, 'SignatureDoesNotMatch');
  const toSign = client.v3
    ? /server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]$/
    : /server string to sign is:(GET|POST)&%2F&AccessKeyId%3Dtestid%26Action%3DBatchRegisterDevice%26Count%3D1%26/;
  assert.match(message, toSign);
  assert.equal((await cloud.state()).batches, 0);
}

async function wrongKeys(client, cloud) {
  for (const [accessKeyId, status, code] of [
    ['nobody', 404, 'InvalidAccessKeyId.NotFound'],
    ['disabledid', 400, 'InvalidAccessKeyId.Inactive'],
    ['deniedid', 403, 'Forbidden.RAM'],
  ]) {
    await session(client, cloud, { ...KEY, accessKeyId }).denied('QueryProduct', PLAIN, status, code);
  }
}

async function wrongProducts(client, cloud) {
  const { refused } = session(client, cloud);
  const { ProductKey, IotInstanceId } = INSTANCED;
  for (const [product, code] of [
    [{ ProductKey: 'a1Unknown01' }, 'iot.prod.NotExistedProduct'],
    [{ ProductKey: 'short' }, 'iot.prod.InvalidFormattedProductkey'],
    [{ ProductKey }, 'iot.prod.NotExistedProduct'],
    [{ ...PLAIN, IotInstanceId }, 'iot.prod.NotExistedProduct'],
    [{ ProductKey, IotInstanceId: 'iot-elsewhere' }, 'iot.Sre.IotInstanceNotFound'],
  ]) {
    assert.deepEqual(await refused('BatchRegisterDevice', { ...product, Count: 1 }, code), {});
  }
}

async function tooManyDevices(client, cloud) {
  const { refused, registered } = session(client, cloud);
  await refused('BatchRegisterDevice', { ...PLAIN, Count: 10_001 }, 'iot.device.DeviceCountExceeded');
  assert.equal((await cloud.state()).batches, 0);
  await registered(PLAIN, 10_000);
  assert.equal((await cloud.state()).devices[PLAIN.ProductKey], 10_000);
}

async function wrongPages(client, cloud) {
  const { registered, refused, accepted } = session(client, cloud);
  const ApplyId = await registered(PLAIN, 3);
  for (const page of [{ PageSize: 51 }, { PageSize: 0 }, { CurrentPage: 0 }, { CurrentPage: -1 }]) {
    await refused('QueryPageByApplyId', { ApplyId, ...page }, 'iot.common.InvalidPageParams');
    await refused('QueryDevice', { ...PLAIN, ...page }, 'iot.common.InvalidPageParams');
  }
  const beyond = await accepted('QueryPageByApplyId', { ApplyId, CurrentPage: 2, PageSize: 50 });
  const nothing = { ApplyDeviceList: { ApplyDeviceInfo: [] } };
  assert.deepEqual(beyond, { ...nothing, Page: 2, PageSize: 50, PageCount: 1, Total: 3 });
}

async function wrongBatches(client, cloud) {
  const { registered, refused } = session(client, cloud);
  const ApplyId = await registered(PLAIN, 1);
  const unknown = { ...PLAIN, ApplyId: 7 };
  for (const action of ['QueryBatchRegisterDeviceStatus', 'BatchRegisterDeviceWithApplyId']) {
    await refused(action, unknown, 'iot.device.DeviceApplyIsNotFound');
    await refused(action, { ...X509, ApplyId }, 'iot.device.IncorrentDeviceApplyInfo');
  }
  await refused('QueryPageByApplyId', { ApplyId: 7 }, 'iot.device.DeviceApplyIsNotFound');
}

async function missingParameters(client, cloud) {
  const { denied } = session(client, cloud);
  await denied('BatchRegisterDevice', PLAIN, 400, 'MissingCount');
  await denied('BatchRegisterDevice', { Count: 1 }, 400, 'MissingProductKey');
  await denied('QueryProductList', { CurrentPage: 1 }, 400, 'MissingPageSize');
  await denied('QueryPageByApplyId', {}, 400, 'MissingApplyId');
}

async function gatewayErrors(client, cloud) {
  const { denied } = session(client, cloud);
  const refuse = (status, code) => ({ faults: [{ effect: { refuse: { status, code } } }] });
  for (const [faults, status, code] of [
    [{ faults: [{ effect: 'throttle' }] }, 400, 'Throttling.User'],
    [refuse(503, 'ServiceUnavailable'), 503, 'ServiceUnavailable'],
    [refuse(500, 'InternalError'), 500, 'InternalError'],
    [{ clock_skew_ms: 3_600_000 }, 400, 'InvalidTimeStamp.Expired'],
  ]) {
    await cloud.setFaults(faults);
    await denied('QueryProduct', PLAIN, status, code);
    // Once: no SDK repeats a call by itself.
    assert.equal((await cloud.state()).refused[code], 1);
  }
}

async function wrongCommon(client, cloud) {
  const { accepted, denied } = session(client, cloud);
  const SignatureNonce = 'the same twice';
  await accepted('QueryProduct', { ...PLAIN, SignatureNonce });
  await denied('QueryProduct', { ...PLAIN, SignatureNonce }, 400, 'SignatureNonceUsed');
  await denied('QueryProduct', { ...PLAIN, Timestamp: 'noon' }, 400, 'InvalidTimeStamp.Format');
}

export const CHECKS = [
  { name: 'random names, all pages', run: (client, cloud) => randomNames(client, cloud, PLAIN) },
  { name: 'random names in an instance, all pages', run: (client, cloud) => randomNames(client, cloud, INSTANCED) },
  { name: 'chosen names with nicknames', run: nicknames },
  { name: 'chosen names without nicknames', run: plainNames },
  { name: 'the 10,001st name is dropped', when: ({ namesInUrl }) => !namesInUrl, run: surplusNames },
  { name: 'the 1,001st name of an X.509 product is dropped', run: surplusX509Names },
  { name: 'faulty and repeated names', run: faultyNames },
  { name: 'faulty nicknames', run: faultyNicknames },
  { name: 'taken names end in CHECK_FAILED', run: takenNames },
  { name: 'failed devices end in CREATE_FAILED', run: partialFailure },
  { name: 'a check and a batch that still run', run: running },
  { name: 'QueryDevice with NextToken', run: listedByToken },
  { name: 'QueryProduct', run: oneProduct },
  { name: 'QueryProductList', run: productList },
  { name: 'BatchQueryDeviceDetail', run: details },
  { name: 'QueryCertUrlByApplyId', run: certificates },
  { name: 'a temporary credential', run: temporaryCredential },
  { name: 'wrong security tokens', run: wrongTokens },
  { name: 'a wrong secret', run: wrongSecret },
  { name: 'unknown and disabled keys, an account without rights', run: wrongKeys },
  { name: 'unknown products, a missing and a wrong instance', run: wrongProducts },
  { name: 'too many devices', run: tooManyDevices },
  { name: 'wrong pages', run: wrongPages },
  { name: 'unknown and foreign batches', run: wrongBatches },
  { name: 'missing parameters', run: missingParameters },
  { name: 'throttling, failures of the gateway, a wrong clock', run: gatewayErrors },
  { name: 'a nonce used twice, a malformed time', when: ({ setsCommon }) => setsCommon, run: wrongCommon },
  { name: 'every reply as XML', when: ({ xml }) => xml, run: sameReplies },
];
