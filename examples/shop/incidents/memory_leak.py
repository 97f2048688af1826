"""A deploy of recommendations that remembers something of every request and never forgets."""

import subprocess

LANGUAGE = "en"
TIMEZONE = "America/New_York"
TITLE = "Home and product pages fail again and again"
SEVERITY = "SEV2"
STORY = """
recommendations 2.7.0 keeps a table of similarities for each request in a map that nobody empties. Its control group allows 140 MB; the
kernel's out-of-memory killer ends it, the supervisor starts it again after a growing pause, and it fills up again. While it is away,
home and product pages fail. A deploy of storefront a minute later, at the moment of the first alert, is harmless. Repaired by rollback.
"""
TRUTH = {"service": "recommendations", "signal": "memory_usage_bytes", "fault": "deploy: memory leak, killed by the kernel (cgroup limit)"}
LENGTH_S = 850
FAULT_AT_S = 310


def steps(shop):
    return [
        (90, lambda: shop.change_setting("maria.keller", "catalog", "page_size", 20, 24, "more products on the list page")),
        (FAULT_AT_S, lambda: shop.deploy("aisha.khan", "recommendations", "2.7.0", "similar products for each visitor")),
        (375, lambda: shop.deploy("tom.berger", "storefront", "7.3.1", "checkout may take half a second longer")),
        (655, lambda: shop.run_command("lena.fischer", "recommendations", "dmesg | grep -i killed", "why does it restart?", lambda: _read_kernel(shop))),
        (690, lambda: shop.roll_back("lena.fischer", "recommendations", "2.6.5", "killed for its memory since 2.7.0")),
    ]


def _read_kernel(shop):
    shop.note("dmesg", subprocess.run(["sh", "-c", "dmesg | grep -i killed"], capture_output=True, text=True).stdout)
