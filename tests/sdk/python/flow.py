"""What the checks have in common: calls that must be accepted or refused, a batch followed to its end, all its pages."""

import math
import re
import time

KEY = ("testid", "testsecret", "")
PLAIN = {"ProductKey": "a1SimCloud1"}
INSTANCED = {"ProductKey": "a1SimCloud2", "IotInstanceId": "iot-sim00001"}
X509 = {"ProductKey": "a1SimCloud3"}

ANY = re.compile(".+", re.DOTALL)
UUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
SECRET = re.compile("[A-Za-z0-9]{32}")
PATIENCE_S = 20
POLL_S = 0.1
NOTHING = {"Name": []}


def assert_shape(value, shape, path="reply"):
    """Demands exactly these fields; a pattern stands for every text that it matches as a whole."""
    if isinstance(shape, re.Pattern):
        assert isinstance(value, str) and shape.fullmatch(value), f"{path}: {value!r} is not {shape.pattern}"
    elif isinstance(shape, dict):
        assert isinstance(value, dict) and value.keys() == shape.keys(), f"{path}: {value} for {list(shape)}"
        for key in shape:
            assert_shape(value[key], shape[key], f"{path}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list) and len(value) == len(shape), f"{path}: {value} for {shape}"
        for index, (have, want) in enumerate(zip(value, shape)):
            assert_shape(have, want, f"{path}[{index}]")
    else:
        # Of one type too: 1 is not True, nor the number of a text.
        assert type(value) is type(shape) and value == shape, f"{path}: {value!r} for {shape!r}"


class Session:
    """One client, one cloud, one credential."""

    def __init__(self, client, cloud, credential=KEY):
        self.client, self.cloud, self.credential = client, cloud, credential

    def call(self, action, params):
        """The HTTP status and the reply."""
        return self.client.call(self.cloud, action, params, self.credential)

    def accepted(self, action, params):
        """The reply's own fields; the envelope around them must say success."""
        status, body = self.call(action, params)
        fields = dict(body)
        envelope = {"RequestId": fields.pop("RequestId", None), "Success": fields.pop("Success", None)}
        assert status == 200, f"{action}: {status} {body}"
        assert_shape(envelope, {"RequestId": UUID, "Success": True}, f"{action}: {body}")
        return fields

    def refused(self, action, params, code):
        """A business error: HTTP 200, the code, and a text. What stands beside the envelope is returned."""
        status, body = self.call(action, params)
        fields = dict(body)
        envelope = {name: fields.pop(name, None) for name in ("RequestId", "Success", "Code", "ErrorMessage")}
        assert status == 200, f"{action}: {status} {body}"
        expected = {"RequestId": UUID, "Success": False, "Code": code, "ErrorMessage": ANY}
        assert_shape(envelope, expected, f"{action}: {body}")
        return fields

    def denied(self, action, params, status, code):
        """An error of the gateway: the HTTP status, the code, a text; the text is returned."""
        have, body = self.call(action, params)
        expected = {"RequestId": UUID, "Code": code, "Message": ANY}
        if self.client.whole_errors:
            link = re.compile(r"https://error-center\.aliyun\.com/.*")
            expected |= {"HostId": "iot.cn-shanghai.aliyuncs.com", "Recommend": link}
        assert_shape({"status": have, "body": body}, {"status": status, "body": expected})
        return body["Message"]

    def status_of(self, product, apply_id):
        """`Data` of QueryBatchRegisterDeviceStatus."""
        reply = self.accepted("QueryBatchRegisterDeviceStatus", {**product, "ApplyId": apply_id})
        assert list(reply) == ["Data"], reply
        return reply["Data"]

    def ended(self, product, apply_id):
        """The status once nothing moves any more."""
        deadline = time.monotonic() + PATIENCE_S
        while (data := self.status_of(product, apply_id))["Status"] in ("CHECK", "CREATE"):
            assert time.monotonic() < deadline, f"{data['Status']} for too long"
            time.sleep(POLL_S)
        return data

    def pages(self, product, apply_id, total, size=50):
        """All rows of a batch; every page must say the same about the whole."""
        rows = []
        count = math.ceil(total / size)
        for page in range(1, count + 1):
            # This call takes no ProductKey.
            asked = {name: value for name, value in product.items() if name != "ProductKey"}
            asked |= {"ApplyId": apply_id, "CurrentPage": page, "PageSize": size}
            reply = self.accepted("QueryPageByApplyId", asked)
            listed = reply.pop("ApplyDeviceList")
            assert_shape(reply, {"Page": page, "PageSize": size, "PageCount": count, "Total": total})
            rows += listed["ApplyDeviceInfo"]
        return rows

    def registered(self, product, count):
        """Registers devices with random names; the ApplyId, once they exist."""
        apply_id = self.applied("BatchRegisterDevice", {**product, "Count": count})
        expected = {"Status": "CREATE_SUCCESS", "ValidList": NOTHING, "InvalidList": NOTHING}
        assert_shape(self.ended(product, apply_id), expected)
        return apply_id

    def applied(self, action, params):
        """The ApplyId in the reply, and nothing beside it."""
        reply = self.accepted(action, params)
        apply_id = reply["Data"]["ApplyId"]
        assert isinstance(apply_id, int), reply
        assert_shape(reply, {"Data": {"ApplyId": apply_id}})
        return apply_id

    def checked(self, product, names):
        """Has names checked, which must go well; the ApplyId."""
        apply_id = self.applied("BatchCheckDeviceNames", {**product, **names})
        expected = {"Status": "CHECK_SUCCESS", "ValidList": NOTHING, "InvalidList": NOTHING}
        assert_shape(self.ended(product, apply_id), expected)
        return apply_id

    def registered_names(self, product, names):
        """Has names checked and registers them; the ApplyId, once the devices exist."""
        apply_id = self.checked(product, names)
        again = self.applied("BatchRegisterDeviceWithApplyId", {**product, "ApplyId": apply_id})
        assert again == apply_id, f"{again} for {apply_id}"
        assert self.ended(product, apply_id)["Status"] == "CREATE_SUCCESS"
        return apply_id

    def assert_saved(self, product, apply_id, total):
        """Compares the rows of a batch with the devices that really exist; these are returned."""
        rows = self.pages(product, apply_id, total)
        devices = self.cloud.devices(product["ProductKey"])
        shown = ("DeviceId", "DeviceName", "DeviceSecret", "IotId")
        assert_shape(rows, [{name: device[name] for name in shown} for device in devices])
        assert len({row["DeviceName"] for row in rows}) == total
        assert all(device["ApplyId"] == str(apply_id) for device in devices)
        assert all(SECRET.fullmatch(row["DeviceSecret"]) for row in rows)
        return devices
