"""One batch run with the vendor's Python SDK, as people write it. In: the cloud's host and port, devices, threads. Out: one
line of JSON: the seconds it took, and how many devices it holds.

Calls that are throttled are made again after a second, which the SDK does not do by itself (it has no retry that is on
unless asked for); that is what the vendor's pages advise and what scripts do.
"""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from alibabacloud_iot20180120 import models
from alibabacloud_iot20180120.client import Client
from alibabacloud_tea_openapi.exceptions import AlibabaCloudException
from alibabacloud_tea_openapi.models import Config

PRODUCT = "a1SimCloud1"
DEVICES_PER_BATCH = 10_000
ROWS_PER_PAGE = 50
AGAIN_AFTER_S = 1
POLL_EVERY_S = 1


def asked(action, request):
    """The reply's body, however often the call is throttled."""
    while True:
        try:
            return action(request).body
        except AlibabaCloudException as error:
            if not error.code.startswith("Throttling"):
                raise
            time.sleep(AGAIN_AFTER_S)


def registered(client, count):
    """The ApplyId of a batch of devices, once they exist."""
    request = models.BatchRegisterDeviceRequest(product_key=PRODUCT, count=count)
    apply_id = asked(client.batch_register_device, request).data.apply_id
    status = models.QueryBatchRegisterDeviceStatusRequest(product_key=PRODUCT, apply_id=apply_id)
    while asked(client.query_batch_register_device_status, status).data.status != "CREATE_SUCCESS":
        time.sleep(POLL_EVERY_S)
    return apply_id


def page(client, apply_id, number):
    """The rows of one page."""
    request = models.QueryPageByApplyIdRequest(apply_id=apply_id, current_page=number, page_size=ROWS_PER_PAGE)
    return asked(client.query_page_by_apply_id, request).apply_device_list.apply_device_info


def main(cloud, devices, threads):
    """Registers the devices and reads their credentials."""
    client = Client(Config("testid", "testsecret", endpoint=cloud, protocol="http"))
    sizes = [min(DEVICES_PER_BATCH, devices - first) for first in range(0, devices, DEVICES_PER_BATCH)]
    started = time.monotonic()
    # One thread does one thing after the other.
    with ThreadPoolExecutor(threads) as pool:
        apply_ids = list(pool.map(lambda size: registered(client, size), sizes))
        pages = [
            (apply_id, number + 1)
            for apply_id, size in zip(apply_ids, sizes)
            for number in range(-(-size // ROWS_PER_PAGE))
        ]
        rows = [row for rows in pool.map(lambda each: page(client, *each), pages) for row in rows]
    seconds = time.monotonic() - started
    held = len({row.device_name for row in rows if row.device_secret})
    print(json.dumps({"seconds": seconds, "downloaded": held}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
