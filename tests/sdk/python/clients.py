"""The official Python SDKs behind one face: an action with its parameters, by their names on the wire, goes in; the
HTTP status and the reply, again by its names on the wire, come out. What an SDK raises is a reply too."""

import importlib
import json
import logging
import re
import warnings
from importlib.metadata import version

from alibabacloud_iot20180120 import models
from alibabacloud_iot20180120.client import Client as IotClient
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException, ClientException, ServerException
from alibabacloud_tea_openapi.models import Config
from aliyunsdkcore.acs_exception.exceptions import ServerException as CoreServerException
from aliyunsdkcore.auth.credentials import StsTokenCredential
from aliyunsdkcore.client import AcsClient

# The old core writes a line for every error, and the checks make many.
logging.getLogger("aliyunsdkcore").setLevel(logging.CRITICAL)
# The one way to a reply as XML is called deprecated.
warnings.filterwarnings("ignore", message="do_action", category=DeprecationWarning)


def installed(package):
    """`package version`, as it is installed."""
    return f"{package} {version(package)}"


class Modelled:
    """The SDK with a model for each action; the settings choose the signature."""

    whole_errors = True
    rewrites_wrong_secret = False
    reads_xml = False

    def __init__(self, signature, **settings):
        self.name = f"{installed('alibabacloud-iot20180120')} ({installed('alibabacloud-tea-openapi')}), {signature}"
        self.v3 = signature == "V3"
        self.settings = settings

    def call(self, cloud, action, params, credential):
        """The HTTP status and the reply."""
        key_id, secret, token = credential
        config = Config(access_key_id=key_id, access_key_secret=secret, security_token=token, **self.settings)
        config.endpoint, config.protocol = cloud.host, "http"
        request = getattr(models, f"{action}Request")().from_map(params)
        # The SDK drops what its model does not know; a check would then test something else than it says.
        taken = [name for name, value in request.to_map().items() if value != []]
        assert sorted(taken) == sorted(params), f"{taken} for {list(params)}"
        method = re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()
        try:
            response = getattr(IotClient(config), method)(request)
        except AlibabaCloudException as error:
            body = dict(error.data)
            status = body.pop("statusCode")
            assert error.code == body["Code"], error
            assert isinstance(error, ClientException if status < 500 else ServerException), error
            return status, body
        return response.status_code, response.body.to_map()


class Core:
    """The older SDK: a core, and a class for each action."""

    v3 = False
    # Of a gateway's error it keeps the code, the message and the RequestId.
    whole_errors = False
    # It compares the string to sign in the error with its own: where they are equal, the secret is wrong.
    rewrites_wrong_secret = True
    reads_xml = True

    def __init__(self):
        self.name = f"{installed('aliyun-python-sdk-core')} with {installed('aliyun-python-sdk-iot')}, V1"

    @staticmethod
    def prepared(cloud, action, params, credential):
        """The client and the request."""
        key_id, secret, token = credential
        host, port = cloud.host.split(":")
        if token:
            client = AcsClient(
                region_id="cn-shanghai", port=int(port), credential=StsTokenCredential(key_id, secret, token)
            )
        else:
            client = AcsClient(key_id, secret, "cn-shanghai", port=int(port))
        module = importlib.import_module(f"aliyunsdkiot.request.v20180120.{action}Request")
        request = getattr(module, f"{action}Request")()
        request.set_endpoint(host)
        for name, value in params.items():
            plural = "s" if isinstance(value, list) else ""
            getattr(request, f"set_{name}{plural}")(value)
        return client, request

    def call(self, cloud, action, params, credential):
        """The HTTP status and the reply."""
        client, request = self.prepared(cloud, action, params, credential)
        try:
            return 200, json.loads(client.do_action_with_exception(request))
        except CoreServerException as error:
            body = {"Code": error.error_code, "Message": error.message, "RequestId": error.request_id}
            return error.http_status, body

    def text(self, cloud, action, params, credential, reply_format):
        """The reply's text in one of the two formats."""
        client, request = self.prepared(cloud, action, params, credential)
        request.set_accept_format(reply_format)
        return client.do_action(request).decode()


CLIENTS = [Modelled("V3"), Modelled("V1", signature_algorithm="v2"), Core()]
