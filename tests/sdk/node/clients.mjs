// The official Node.js SDKs behind one face: an action with its parameters, by their names on the wire, goes in; the
// HTTP status and the reply, again by its names on the wire, come out. What an SDK throws is a reply too.

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.SDK_FOLDER, 'package.json'));
const tea = require('@alicloud/tea-typescript');
const { Config } = require('@alicloud/openapi-client');
const Iot = require('@alicloud/iot20180120');
const { RPCClient } = require('@alicloud/pop-core');
const { parseStringPromise } = require('xml2js');

const VERSION = '2018-01-20';

/** `package version`, as it is installed. */
function installed(name) {
  return `${name} ${require(`${name}/package.json`).version}`;
}

/** The SDK with a model for each action. `settings` choose the signature. */
function modelled(signature, settings) {
  return {
    name: `${installed('@alicloud/iot20180120')} (${installed('@alicloud/openapi-client')}), ${signature}`,
    v3: signature === 'V3',
    namesInUrl: true,
    // The model of this release has neither the details of faulty names nor the repeated ones.
    knowsDetails: false,
    async call(cloud, action, params, credential) {
      const client = new Iot.default(new Config({ ...credential, ...settings, endpoint: cloud.host, protocol: 'http' }));
      const request = tea.cast(params, new Iot[`${action}Request`]({}));
      // The SDK drops what its model does not know; a check would then test something else than it says.
      assert.deepEqual(request.toMap(), params);
      try {
        const response = await client[action[0].toLowerCase() + action.slice(1)](request);
        return { status: response.statusCode, body: response.body.toMap() };
      } catch (error) {
        if (!error.data?.statusCode) throw error;
        const { statusCode, ...body } = error.data;
        assert.equal(error.code, body.Code);
        return { status: statusCode, body };
      }
    },
  };
}

/** The SDK's parser makes objects without a prototype, which no literal equals. */
const ordinary = (value) => JSON.parse(JSON.stringify(value));

/** The SDK that knows no action by itself, with one of its two methods. */
function generic(method) {
  const request = (cloud, action, params, credential) => {
    const client = new RPCClient({ ...credential, endpoint: `http://${cloud.host}`, apiVersion: VERSION });
    return client.request(action, params, { method });
  };
  return {
    name: `${installed('@alicloud/pop-core')}, V1, ${method}`,
    v3: false,
    // Parameters that are given replace the SDK's own.
    setsCommon: true,
    namesInUrl: method === 'GET',
    knowsDetails: true,
    async call(cloud, action, params, credential) {
      try {
        return { status: 200, body: ordinary(await request(cloud, action, params, credential)) };
      } catch (error) {
        // Business errors, HTTP 200, are thrown as well.
        if (!error.data) throw error;
        assert.equal(error.code, error.data.Code);
        return { status: error.entry.response.statusCode, body: ordinary(error.data) };
      }
    },
    /** The reply as XML, which this SDK can ask for but not read: its error holds the text. */
    async xml(cloud, action, params, credential) {
      const error = await request(cloud, action, { ...params, Format: 'XML' }, credential).catch((thrown) => thrown);
      assert.equal(error.name, 'SyntaxError');
      return parseStringPromise(error.text);
    },
  };
}

export const CLIENTS = [
  modelled('V3', {}),
  modelled('V1', { signatureAlgorithm: 'v2' }),
  generic('GET'),
  generic('POST'),
];
