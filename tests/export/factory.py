"""Files for production lines: Espressif's own generator, a C compiler, Python's zipfile."""

import csv
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zipfile

from expected import rows, same

PRODUCT_SECRET = "pVfLpS1u3A9JM0go"
KEYS = ["DeviceName", "DeviceSecret", "ProductKey", "ProductSecret"]


def device_values(row):
    """What a device's flash is to hold."""
    return {key: PRODUCT_SECRET if key == "ProductSecret" else row[key] for key in KEYS}


def partition(csv_file):
    """Namespace and texts of the partition that Espressif's generator makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        image = pathlib.Path(folder) / "nvs.bin"
        command = [sys.executable, "-m", "esp_idf_nvs_partition_gen", "generate", str(csv_file), str(image), "0x4000"]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return entries(image.read_bytes())


def entries(image):
    """The first page: a header and a bitmap of 32 bytes each, then entries of 32 bytes ("NVS library", ESP-IDF)."""
    namespaces, texts, at = [], {}, 64
    while image[at] != 0xFF:
        namespace, kind, span = image[at], image[at + 1], image[at + 2]
        key = image[at + 8 : at + 24].rstrip(b"\0").decode()
        if namespace == 0:
            namespaces.append(key)
        else:
            assert kind == 0x21, f"{key} is no string"
            (size,) = struct.unpack_from("<H", image, at + 24)
            texts[key] = image[at + 32 : at + 32 + size].rstrip(b"\0").decode()
        at += 32 * span
    return namespaces, texts


def nvs_of_a_device(folder):
    """One file a device, as the partition generator takes it."""
    for number, row in enumerate(rows(folder)[:3]):
        assert partition(folder / f"nvs-device-{number}.csv") == (["aliyun-key"], device_values(row))


def nvs_pair(folder):
    """Values and config, as the mass manufacturing utility puts them together, through the partition generator."""
    with open(folder / "nvs-config.csv", newline="", encoding="utf-8") as file:
        config = list(csv.reader(file))
    with open(folder / "nvs-values.csv", newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        values = list(reader)
    assert reader.fieldnames == ["id", *KEYS]
    assert config[0] == ["aliyun-key", "namespace", ""]
    # The utility wants the keys of the config file in the order of the columns.
    assert [line[0] for line in config[1:]] == KEYS
    for number, (row, found) in enumerate(zip(rows(folder), values, strict=True), 1):
        assert found == {"id": str(number), **device_values(row)}, number
    with tempfile.TemporaryDirectory() as made:
        path = pathlib.Path(made) / "device.csv"
        lines = [["key", "type", "encoding", "value"], [*config[0], ""]]
        lines += [[key, kind, encoding, values[12][key]] for key, kind, encoding in config[1:]]
        with open(path, "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(lines)
        assert partition(path) == (["aliyun-key"], device_values(rows(folder)[12]))


def archive(folder):
    """Three files a device, whole, under names that any file system takes."""
    with zipfile.ZipFile(folder / "devices.zip") as found:
        assert found.testzip() is None
        names = found.namelist()
        assert len({name.lower() for name in names}) == len(names) == 3 * len(rows(folder))
        of_kind = {kind: [name for name in names if name.startswith(f"{kind}/")] for kind in ("json", "h", "nvs")}
        same((json.loads(found.read(name)) for name in of_kind["json"]), rows(folder))
        for name in names:
            assert not set(name) & set(':@<>"|?*\\'), name
        with tempfile.TemporaryDirectory() as made:
            for row, nvs, header in list(zip(rows(folder), of_kind["nvs"], of_kind["h"]))[:16]:
                assert partition(found.extract(nvs, made)) == (["aliyun-key"], device_values(row))
                assert compiled(pathlib.Path(found.extract(header, made))) == [
                    row[key] for key in ("ProductKey", "DeviceName", "DeviceSecret", "IotId")
                ]


def compiled(header):
    """What a C program that includes the header sees."""
    source = header.with_suffix(".c")
    # With trigraphs, as the oldest compilers have them.
    source.write_text(
        f'#include "{header.name}"\n#include "{header.name}"\n#include <stdio.h>\n'
        "int main(void) { puts(PRODUCT_KEY); puts(DEVICE_NAME); puts(DEVICE_SECRET); puts(IOT_ID); return 0; }\n"
    )
    program = header.with_suffix(".out")
    subprocess.run(["cc", "-std=c99", "-trigraphs", "-o", program, source], check=True, timeout=60)
    return subprocess.run([program], check=True, capture_output=True, timeout=60).stdout.decode().splitlines()


CHECKS = [
    ("Espressif's generator takes a device's file", nvs_of_a_device),
    ("Espressif's generator takes what values and config make", nvs_pair),
    ("zipfile, Espressif's generator and a C compiler read the ZIP", archive),
]
OF_THE_PAGE = CHECKS[1:]
