"""The table of checks: a name, which clients can, and what to do. Every check begins with an empty cloud."""

import re

from flow import ANY, INSTANCED, KEY, NOTHING, PLAIN, X509, Session, assert_shape
from formats import same_replies

NICKNAMED = [
    {"DeviceName": "sensor-0001", "DeviceNickname": "客厅灯_1"},
    {"DeviceName": "a@b.c:d_e-f", "DeviceNickname": "リビング"},
    *({"DeviceName": f"sensor-1{index}", "DeviceNickname": f"lamp_{index}"} for index in range(9)),
    {"DeviceName": "0123456789abcdefghijABCDEFGHIJ._"},
]

# One each of what encoders treat in different ways.
ODD = "~!*'()% +&=/é灯💡"

GMT = re.compile(r"[A-Z][a-z]{2}, \d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2} GMT")
UTC = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z")


def detail(name):
    """What is said about a faulty name that came without a nickname."""
    return {"DeviceName": name, "NickName": "", "ErrorMsg": ANY}


def random_names(product):
    """The check of the random flow in one product."""

    def check(client, cloud):
        session = Session(client, cloud)
        devices = session.assert_saved(product, session.registered(product, 120), 120)
        assert all(device["DeviceName"] == device["DeviceId"] and device["Nickname"] == "" for device in devices)

    return check


def nicknames(client, cloud):
    session = Session(client, cloud)
    apply_id = session.registered_names(PLAIN, {"DeviceNameList": NICKNAMED})
    devices = session.assert_saved(PLAIN, apply_id, 12)
    expected = [(named["DeviceName"], named.get("DeviceNickname", "")) for named in NICKNAMED]
    assert [(device["DeviceName"], device["Nickname"]) for device in devices] == expected, devices


def plain_names(client, cloud):
    session = Session(client, cloud)
    names = [f"SN-{index:04}" for index in range(55)]
    devices = session.assert_saved(INSTANCED, session.registered_names(INSTANCED, {"DeviceName": names}), 55)
    assert [device["DeviceName"] for device in devices] == names, devices


def surplus_names(client, cloud):
    session = Session(client, cloud)
    apply_id = session.registered_names(PLAIN, {"DeviceName": [f"device-{index}" for index in range(10_001)]})
    assert cloud.state()["devices"][PLAIN["ProductKey"]] == 10_000
    last = session.accepted("QueryPageByApplyId", {"ApplyId": apply_id, "CurrentPage": 1000})
    assert last["Total"] == 10_000, last
    assert last["ApplyDeviceList"]["ApplyDeviceInfo"][-1]["DeviceName"] == "device-9999", last


def surplus_x509_names(client, cloud):
    names = [f"device-{index}" for index in range(1001)]
    Session(client, cloud).registered_names(X509, {"DeviceName": names})
    assert [device["DeviceName"] for device in cloud.devices(X509["ProductKey"])] == names[:1000]


def faulty_names(client, cloud):
    names = {**PLAIN, "DeviceName": ["APT$", "good-one", ODD, "twice", "twice"]}
    reply = Session(client, cloud).refused("BatchCheckDeviceNames", names, "iot.device.InvalidFormattedDeviceName")
    assert_shape(reply, {"Data": {
        "InvalidDeviceNameList": {"InvalidDeviceName": ["APT$", ODD]},
        "InvalidDeviceNicknameList": {"InvalidDeviceNickname": []},
        "RepeatedDeviceNameList": {"RepeatDevieNameList": ["twice"]},
        "InvalidDetailList": {"InvalidDetailList": [detail("APT$"), detail(ODD), detail("twice")]},
    }})
    assert cloud.state()["batches"] == 0


def faulty_nicknames(client, cloud):
    names = [
        {"DeviceName": "good-one", "DeviceNickname": "good"},
        {"DeviceName": "bad-one", "DeviceNickname": "no !"},
    ]
    code = "iot.device.InvalidDeviceNickNameExisted"
    reply = Session(client, cloud).refused("BatchCheckDeviceNames", {**PLAIN, "DeviceNameList": names}, code)
    illegal = {"DeviceName": "bad-one", "NickName": "no !", "ErrorMsg": "The nick name is illegal."}
    assert_shape(reply, {"Data": {
        "InvalidDeviceNameList": {"InvalidDeviceName": []},
        "InvalidDeviceNicknameList": {"InvalidDeviceNickname": ["no !"]},
        "RepeatedDeviceNameList": {"RepeatDevieNameList": []},
        "InvalidDetailList": {"InvalidDetailList": [illegal]},
    }})


def taken_names(client, cloud):
    session = Session(client, cloud)
    session.registered_names(PLAIN, {"DeviceName": ["taken-1"]})
    apply_id = session.applied("BatchCheckDeviceNames", {**PLAIN, "DeviceName": ["free-1", "taken-1"]})
    assert_shape(session.ended(PLAIN, apply_id), {
        "Status": "CHECK_FAILED",
        "ValidList": {"Name": ["free-1"]},
        "InvalidList": {"Name": ["taken-1"]},
        "InvalidDetailList": {"invalidDetailList": [detail("taken-1")]},
    })
    again = {**PLAIN, "ApplyId": apply_id}
    session.refused("BatchRegisterDeviceWithApplyId", again, "iot.device.IncorrentDeviceApplyInfo")


def partial_failure(client, cloud):
    session = Session(client, cloud)
    cloud.set_faults({"faults": [{"action": "BatchRegisterDevice", "effect": {"fail_devices": {"count": 2}}}]})
    apply_id = session.applied("BatchRegisterDevice", {**PLAIN, "Count": 8})
    status = session.ended(PLAIN, apply_id)
    devices = session.assert_saved(PLAIN, apply_id, 6)
    failed = status["InvalidList"]["Name"]
    assert_shape(failed, [re.compile(r"\w{20}")] * 2)
    assert_shape(status, {
        "Status": "CREATE_FAILED",
        "ValidList": {"Name": [device["DeviceName"] for device in devices]},
        "InvalidList": {"Name": failed},
        "InvalidDetailList": {"invalidDetailList": [detail(name) for name in failed]},
    })


def running(client, cloud):
    session = Session(client, cloud)
    actions = ("BatchRegisterDevice", "BatchCheckDeviceNames")
    cloud.set_faults({"faults": [{"action": action, "effect": "stuck"} for action in actions]})
    apply_id = session.applied("BatchRegisterDevice", {**PLAIN, "Count": 3})
    lists = {"ValidList": NOTHING, "InvalidList": NOTHING}
    assert_shape(session.status_of(PLAIN, apply_id), {"Status": "CREATE", **lists})
    page = session.accepted("QueryPageByApplyId", {"ApplyId": apply_id})
    empty = {"ApplyDeviceList": {"ApplyDeviceInfo": []}, "Page": 1, "PageSize": 10, "PageCount": 0, "Total": 0}
    assert_shape(page, empty)
    again = {**PLAIN, "ApplyId": apply_id}
    session.refused("BatchRegisterDeviceWithApplyId", again, "iot.device.CreateDeviceTaskIsRunning")
    check = session.applied("BatchCheckDeviceNames", {**PLAIN, "DeviceName": ["named"]})
    assert_shape(session.status_of(PLAIN, check), {"Status": "CHECK", **lists})


def listed_by_token(client, cloud):
    session = Session(client, cloud)
    session.registered(PLAIN, 70)
    session.registered(PLAIN, 50)
    rows, tokens, following = [], set(), {}
    while following is not None:
        reply = session.accepted("QueryDevice", {**PLAIN, "PageSize": 50, **following})
        token, listed = reply.pop("NextToken", None), reply.pop("Data")
        assert_shape(reply, {"Page": 1, "PageSize": 50, "PageCount": 3, "Total": 120})
        assert token not in tokens, f"{token} came twice"
        tokens.add(token)
        rows += listed["DeviceInfo"]
        following = {"NextToken": token} if token else None
    dates = {"GmtCreate": GMT, "GmtModified": GMT, "UtcCreate": UTC, "UtcModified": UTC}
    devices = [{**device, "DeviceStatus": "UNACTIVE", **dates} for device in reversed(cloud.devices(PLAIN["ProductKey"]))]
    for device in devices:
        del device["ApplyId"]
    assert_shape(rows, devices)


def one_product(client, cloud):
    session = Session(client, cloud)
    session.registered(INSTANCED, 3)
    data = session.accepted("QueryProduct", INSTANCED)["Data"]
    assert data["GmtCreate"] > 10**12, f"{data['GmtCreate']} is not a time in ms"
    assert_shape(data, {
        "ProductKey": INSTANCED["ProductKey"],
        "ProductName": f"product {INSTANCED['ProductKey']}",
        "ProductSecret": re.compile("[A-Za-z0-9]{16}"),
        "ProductStatus": "DEVELOPMENT_STATUS",
        "AuthType": "secret",
        "NodeType": 0,
        "NetType": 3,
        "DataFormat": 1,
        "DeviceCount": 3,
        "GmtCreate": data["GmtCreate"],
        "Owner": True,
        "CategoryKey": "others",
        "CategoryName": "others",
        "AliyunCommodityCode": "iothub_senior",
        "ProtocolType": "mqtt",
        "Description": "",
        "Id2": False,
        "ValidateType": 1,
    })


def product_list(client, cloud):
    session = Session(client, cloud)

    def asked(**params):
        return session.accepted("QueryProductList", params)["Data"]

    def keys(data):
        return [product["ProductKey"] for product in data["List"]["ProductInfo"]]

    everything = asked(CurrentPage=1, PageSize=200)
    # Newest first, and only those without an instance.
    assert keys(everything) == [X509["ProductKey"], PLAIN["ProductKey"]], everything
    newest = everything["List"]["ProductInfo"][0]
    assert_shape(newest, {
        "ProductKey": X509["ProductKey"],
        "ProductName": f"product {X509['ProductKey']}",
        "NodeType": 0,
        "DataFormat": 1,
        "DeviceCount": 0,
        "GmtCreate": newest["GmtCreate"],
        "AuthType": "x509",
        "Description": "",
    })
    second = asked(CurrentPage=2, PageSize=1)
    assert keys(second) == [PLAIN["ProductKey"]], second
    del second["List"]
    assert_shape(second, {"CurrentPage": 2, "PageCount": 2, "PageSize": 1, "Total": 2})
    assert keys(asked(CurrentPage=3, PageSize=1)) == []
    instance = INSTANCED["IotInstanceId"]
    assert keys(asked(CurrentPage=1, PageSize=10, IotInstanceId=instance)) == [INSTANCED["ProductKey"]]
    odd = {"CurrentPage": 1, "PageSize": 10, "AliyunCommodityCode": "neither"}
    session.refused("QueryProductList", odd, "iot.prod.InvalidAliyunCommodityCode")


def details(client, cloud):
    session = Session(client, cloud)
    session.registered_names(PLAIN, {"DeviceNameList": NICKNAMED})
    names = ["unknown", *(named["DeviceName"] for named in NICKNAMED)]
    reply = session.accepted("BatchQueryDeviceDetail", {**PLAIN, "DeviceName": names})
    common = {
        "ProductName": f"product {PLAIN['ProductKey']}",
        "NodeType": 0,
        "Region": "cn-shanghai",
        "Status": "UNACTIVE",
        "FirmwareVersion": "",
        "GmtCreate": GMT,
        "UtcCreate": UTC,
        "GmtActive": "",
        "UtcActive": "",
    }
    own = ("DeviceName", "DeviceSecret", "IotId", "ProductKey", "Nickname")
    devices = cloud.devices(PLAIN["ProductKey"])
    assert_shape(reply["Data"]["Data"], [{**common, **{name: device[name] for name in own}} for device in devices])


def certificates(client, cloud):
    session = Session(client, cloud)
    apply_id = session.registered(X509, 2)
    reply = session.accepted("QueryCertUrlByApplyId", {"ApplyId": apply_id})
    assert_shape(reply, {"CertUrl": re.compile(rf"https://.*/{apply_id}\.zip")})
    other = {"ApplyId": session.registered(PLAIN, 1)}
    session.refused("QueryCertUrlByApplyId", other, "iot.device.IncorrentDeviceApplyInfo")


def temporary_credential(client, cloud):
    session = Session(client, cloud, ("STS.testid", "testsecret", "testtoken"))
    session.assert_saved(PLAIN, session.registered(PLAIN, 2), 2)


def wrong_tokens(client, cloud):
    for key_id, token, code in [
        ("STS.expiredid", "oldtoken", "InvalidSecurityToken.Expired"),
        ("STS.testid", "no token", "InvalidSecurityToken.Malformed"),
        ("STS.testid", "oldtoken", "InvalidSecurityToken.MismatchWithAccessKey"),
        ("testid", "testtoken", "InvalidSecurityToken.MismatchWithAccessKey"),
        ("STS.testid", "", "MissingSecurityToken"),
    ]:
        Session(client, cloud, (key_id, "testsecret", token)).denied("QueryProduct", PLAIN, 400, code)


def wrong_secret(client, cloud):
    session = Session(client, cloud, ("testid", "another", ""))
    code = "InvalidAccessKeySecret" if client.rewrites_wrong_secret else "SignatureDoesNotMatch"
    message = session.denied("BatchRegisterDevice", {**PLAIN, "Count": 1}, 400, code)
    if client.v3:
        assert re.search(r"server StringToSign is \[ACS3-HMAC-SHA256\n[0-9a-f]{64}\]$", message), message
    elif not client.rewrites_wrong_secret:
        begin = "AccessKeyId%3Dtestid%26Action%3DBatchRegisterDevice%26Count%3D1%26"
        assert f"server string to sign is:POST&%2F&{begin}" in message, message
    assert cloud.state()["batches"] == 0
    assert cloud.state()["refused"] == {"SignatureDoesNotMatch": 1}


def wrong_keys(client, cloud):
    for key_id, status, code in [
        ("nobody", 404, "InvalidAccessKeyId.NotFound"),
        ("disabledid", 400, "InvalidAccessKeyId.Inactive"),
        ("deniedid", 403, "Forbidden.RAM"),
    ]:
        Session(client, cloud, (key_id, "testsecret", "")).denied("QueryProduct", PLAIN, status, code)


def wrong_products(client, cloud):
    key, instance = INSTANCED["ProductKey"], INSTANCED["IotInstanceId"]
    for product, code in [
        ({"ProductKey": "a1Unknown01"}, "iot.prod.NotExistedProduct"),
        ({"ProductKey": "short"}, "iot.prod.InvalidFormattedProductkey"),
        ({"ProductKey": key}, "iot.prod.NotExistedProduct"),
        ({**PLAIN, "IotInstanceId": instance}, "iot.prod.NotExistedProduct"),
        ({"ProductKey": key, "IotInstanceId": "iot-elsewhere"}, "iot.Sre.IotInstanceNotFound"),
    ]:
        assert Session(client, cloud).refused("BatchRegisterDevice", {**product, "Count": 1}, code) == {}


def too_many_devices(client, cloud):
    session = Session(client, cloud)
    session.refused("BatchRegisterDevice", {**PLAIN, "Count": 10_001}, "iot.device.DeviceCountExceeded")
    assert cloud.state()["batches"] == 0
    session.registered(PLAIN, 10_000)
    assert cloud.state()["devices"][PLAIN["ProductKey"]] == 10_000


def wrong_pages(client, cloud):
    session = Session(client, cloud)
    batch = {"ApplyId": session.registered(PLAIN, 3)}
    for page in ({"PageSize": 51}, {"PageSize": 0}, {"CurrentPage": 0}, {"CurrentPage": -1}):
        session.refused("QueryPageByApplyId", {**batch, **page}, "iot.common.InvalidPageParams")
        session.refused("QueryDevice", {**PLAIN, **page}, "iot.common.InvalidPageParams")
    beyond = session.accepted("QueryPageByApplyId", {**batch, "CurrentPage": 2, "PageSize": 50})
    nothing = {"ApplyDeviceList": {"ApplyDeviceInfo": []}}
    assert_shape(beyond, {**nothing, "Page": 2, "PageSize": 50, "PageCount": 1, "Total": 3})


def wrong_batches(client, cloud):
    session = Session(client, cloud)
    apply_id = session.registered(PLAIN, 1)
    for action in ("QueryBatchRegisterDeviceStatus", "BatchRegisterDeviceWithApplyId"):
        session.refused(action, {**PLAIN, "ApplyId": 7}, "iot.device.DeviceApplyIsNotFound")
        session.refused(action, {**X509, "ApplyId": apply_id}, "iot.device.IncorrentDeviceApplyInfo")
    session.refused("QueryPageByApplyId", {"ApplyId": 7}, "iot.device.DeviceApplyIsNotFound")


def missing_parameters(client, cloud):
    session = Session(client, cloud)
    session.denied("BatchRegisterDevice", PLAIN, 400, "MissingCount")
    session.denied("BatchRegisterDevice", {"Count": 1}, 400, "MissingProductKey")
    session.denied("QueryProductList", {"CurrentPage": 1}, 400, "MissingPageSize")
    session.denied("QueryPageByApplyId", {}, 400, "MissingApplyId")


def gateway_errors(client, cloud):
    for faults, status, code in [
        ({"faults": [{"effect": "throttle"}]}, 400, "Throttling.User"),
        *(
            ({"faults": [{"effect": {"refuse": {"status": status, "code": code}}}]}, status, code)
            for status, code in ((503, "ServiceUnavailable"), (500, "InternalError"))
        ),
        ({"clock_skew_ms": 3_600_000}, 400, "InvalidTimeStamp.Expired"),
    ]:
        cloud.set_faults(faults)
        Session(client, cloud).denied("QueryProduct", PLAIN, status, code)
        # Once: no SDK repeats a call by itself.
        assert cloud.state()["refused"][code] == 1, cloud.state()


def everyone(_):
    """Every client can."""
    return True


CHECKS = [
    ("random names, all pages", everyone, random_names(PLAIN)),
    ("random names in an instance, all pages", everyone, random_names(INSTANCED)),
    ("chosen names with nicknames", everyone, nicknames),
    ("chosen names without nicknames", everyone, plain_names),
    ("the 10,001st name is dropped", everyone, surplus_names),
    ("the 1,001st name of an X.509 product is dropped", everyone, surplus_x509_names),
    ("faulty and repeated names", everyone, faulty_names),
    ("faulty nicknames", everyone, faulty_nicknames),
    ("taken names end in CHECK_FAILED", everyone, taken_names),
    ("failed devices end in CREATE_FAILED", everyone, partial_failure),
    ("a check and a batch that still run", everyone, running),
    ("QueryDevice with NextToken", everyone, listed_by_token),
    ("QueryProduct", everyone, one_product),
    ("QueryProductList", everyone, product_list),
    ("BatchQueryDeviceDetail", everyone, details),
    ("QueryCertUrlByApplyId", everyone, certificates),
    ("a temporary credential", everyone, temporary_credential),
    ("wrong security tokens", everyone, wrong_tokens),
    ("a wrong secret", everyone, wrong_secret),
    ("unknown and disabled keys, an account without rights", everyone, wrong_keys),
    ("unknown products, a missing and a wrong instance", everyone, wrong_products),
    ("too many devices", everyone, too_many_devices),
    ("wrong pages", everyone, wrong_pages),
    ("unknown and foreign batches", everyone, wrong_batches),
    ("missing parameters", everyone, missing_parameters),
    ("throttling, failures of the gateway, a wrong clock", everyone, gateway_errors),
    ("every reply as XML", lambda client: client.reads_xml, same_replies),
]
