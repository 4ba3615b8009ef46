"""A plugin of yt-dlp that keeps it from this machine and its networks.

It sees every connection with the numeric address that is about to be used, and every program that is about
to be started. dflab writes it and networks.json; without either, yt-dlp ends before it connects, since it
does not know the postprocessor that it is told to use.
"""

import ipaddress
import json
import os
import sys

# This file is in FOLDER/plugins/dflab/yt_dlp_plugins/postprocessor.
FOLDER = os.path.abspath(os.path.join(os.path.dirname(__file__), *4 * [os.pardir]))

with open(os.path.join(FOLDER, "networks.json"), encoding="utf-8") as file:
    NETWORKS = {name: [ipaddress.ip_network(text) for text in texts] for name, texts in json.load(file).items()}


def is_public(text):
    """Whether a numeric address is one of the public internet's, as NetworkAddress.isPublic."""
    address = ipaddress.ip_address(text)
    if any(address in network for network in NETWORKS["carriers"]):
        address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return ((address.version == 4 or any(address in network for network in NETWORKS["assigned"]))
            and not any(address in network for network in NETWORKS["special"]))


def note(name):
    """Tells dflab what has happened."""
    with open(os.path.join(FOLDER, name), "w", encoding="utf-8"):
        pass


def check(event, arguments):
    """Python's audit hook."""
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        try:
            is_allowed = is_public(arguments[1][0])
        except (IndexError, TypeError, ValueError):
            is_allowed = False
        if not is_allowed:
            note("refused")
            raise PermissionError("not an address of the public internet")
    elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system"):
        # FFmpeg and others would connect by themselves; Deno runs a site's scripts without any rights.
        program = arguments[1] if event == "os.spawn" else arguments[0]
        if os.path.basename(os.fsdecode(program)) != "deno":
            raise FileNotFoundError("programs are not started")


def guard():
    """Installs the hook, and makes the postprocessor, which does nothing."""
    from yt_dlp.networking.common import _REQUEST_HANDLERS
    from yt_dlp.postprocessor.common import PostProcessor

    # Its connections are not Python's.
    _REQUEST_HANDLERS.pop("CurlCFFI", None)
    sys.addaudithook(check)
    note("loaded")
    return type("DFLabPP", (PostProcessor,), {"__module__": __name__})


if __name__.startswith("yt_dlp_plugins."):
    DFLabPP = guard()
