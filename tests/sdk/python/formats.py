"""One reply in both formats: calls go in, each reply as XML must hold what the same call's JSON holds, in the same
order."""

import json
from xml.etree import ElementTree

from flow import KEY, PLAIN, X509, Session


def json_leaves(value, path=""):
    """Every text with the path to it; lists, which XML has not, add nothing to a path. The RequestId always differs."""
    if isinstance(value, dict):
        names = (name for name in value if name != "RequestId")
        return [leaf for name in names for leaf in json_leaves(value[name], f"{path}/{name}")] or [(path, "")]
    if isinstance(value, list):
        return [leaf for item in value for leaf in json_leaves(item, path)]
    return [(path, str(value).lower() if isinstance(value, bool) else str(value))]


def xml_leaves(element, path=""):
    """The same of an element."""
    children = [child for child in element if child.tag != "RequestId"]
    inside = [leaf for child in children for leaf in xml_leaves(child, f"{path}/{child.tag}")]
    return inside or [(path, element.text or "")]


def document(client, cloud, root, action, params, credential):
    """The reply as XML, under this root element."""
    element = ElementTree.fromstring(client.text(cloud, action, params, credential, "XML"))
    assert element.tag == root, f"{action}: {element.tag}"
    return element


def assert_same(client, cloud, root, action, params, credential=KEY):
    """Demands that one call gives the same in both formats."""
    as_xml = xml_leaves(document(client, cloud, root, action, params, credential))
    as_json = json_leaves(json.loads(client.text(cloud, action, params, credential, "JSON")))
    assert as_xml == as_json, f"{action}: {as_xml} for {as_json}"


def same_replies(client, cloud):
    """Replies of every action that changes nothing, business errors and gateway errors; the others make batches."""
    session = Session(client, cloud)
    apply_id, x509 = session.registered(PLAIN, 3), session.registered(X509, 1)
    name = cloud.devices(PLAIN["ProductKey"])[0]["DeviceName"]
    for action, params in [
        ("QueryBatchRegisterDeviceStatus", {**PLAIN, "ApplyId": apply_id}),
        ("QueryPageByApplyId", {"ApplyId": apply_id}),
        ("QueryPageByApplyId", {"ApplyId": apply_id, "CurrentPage": 2}),
        ("QueryDevice", {**PLAIN, "PageSize": 2}),
        ("QueryProduct", PLAIN),
        ("QueryProductList", {"CurrentPage": 1, "PageSize": 10}),
        ("BatchQueryDeviceDetail", {**PLAIN, "DeviceName": [name]}),
        ("QueryCertUrlByApplyId", {"ApplyId": x509}),
        ("BatchCheckDeviceNames", {**PLAIN, "DeviceName": ['<&">', "aw", "good-one"]}),
        ("BatchRegisterDevice", {**PLAIN, "Count": 10_001}),
        ("QueryPageByApplyId", {"ApplyId": 7}),
    ]:
        assert_same(client, cloud, f"{action}Response", action, params)
    assert_same(client, cloud, "Error", "BatchRegisterDevice", PLAIN)
    assert_same(client, cloud, "Error", "QueryProduct", PLAIN, ("nobody", "testsecret", ""))

    given = session.checked(PLAIN, {"DeviceName": ["as-xml-1"]})
    for action, params, expected in [
        ("BatchRegisterDeviceWithApplyId", {**PLAIN, "ApplyId": given}, given),
        ("BatchRegisterDevice", {**PLAIN, "Count": 1}, given + 1),
        ("BatchCheckDeviceNames", {**PLAIN, "DeviceName": ["as-xml-2"]}, given + 2),
    ]:
        element = document(client, cloud, f"{action}Response", action, params, KEY)
        assert xml_leaves(element) == [("/Data/ApplyId", str(expected)), ("/Success", "true")], action
