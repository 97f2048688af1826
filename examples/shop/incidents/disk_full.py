"""An export job writes its files to the disk of the database, until nothing fits any more."""

import subprocess
import threading
import time

LANGUAGE = "zh"
TIMEZONE = "Asia/Shanghai"
TITLE = "下单失败：订单与支付接口大量返回 500"
SEVERITY = "SEV1"
STORY = """
数据分析人员在数据库主机上启动了订单导出任务，导出文件写在了数据库所在的磁盘上（512 MB 的 ext4，回环设备挂载）。磁盘写满后 PostgreSQL
报 “No space left on device”，下单与支付先失败，随后数据库无法写检查点而 PANIC 重启，全站不可用。值班人员停止任务并删除导出文件后恢复。

An analyst starts an export whose files land on the database's own disk (512 MB ext4 on a loop device). The disk fills for real;
PostgreSQL says "No space left on device"; payments and orders fail first, then the database cannot write its
checkpoint and ends itself (PANIC), then nothing that needs it works. Repaired by stopping the job and deleting its files; the pools of
catalog and inventory take half a minute more to connect again.
The deploy of recommendations and the setting of catalog before it are harmless. Log lines and titles are Chinese.
"""
TRUTH = {"service": "shop-db", "signal": "disk_free_bytes", "fault": "disk full: export files on the database's disk"}
LENGTH_S = 800
FAULT_AT_S = 320
EXPORT = """COPY (SELECT o.*, row_to_json(o) FROM orders o WHERE o.id BETWEEN {first} AND {last})
TO '{folder}/orders-{part:04}.csv' WITH (FORMAT csv)"""
ROWS_A_PART = 30_000
PAUSE_S = 1.6

stopped = threading.Event()


def steps(shop):
    return [
        (110, lambda: shop.deploy("王芳", "recommendations", "2.6.6", "推荐位由 5 个改为 6 个")),
        (230, lambda: shop.change_setting("李强", "catalog", "page_size", 20, 24, "列表页展示更多商品")),
        (FAULT_AT_S, lambda: shop.run_command("赵敏", "shop-db", "export_orders --all --out exports", "季度订单数据导出", lambda: start_export(shop))),
        (590, lambda: shop.run_command("陈伟", "shop-db", "df -h", "排查磁盘空间", lambda: df(shop))),
        (640, lambda: shop.run_command("陈伟", "shop-db", "kill export_orders; rm -rf exports; psql -c CHECKPOINT", "停止导出任务并清理导出文件",
                                       lambda: free_space(shop))),
    ]


def start_export(shop):
    exports = shop.places.database_disk / "exports"
    exports.mkdir()
    subprocess.run(["chmod", "777", str(exports)], check=True)
    stopped.clear()
    job = threading.Thread(target=_export, args=(shop, exports), name="export", daemon=True)
    job.start()


def _export(shop, folder):
    """The job starts over from the first order for ever: it takes each failure for a reason to try again."""
    part = 0
    while not stopped.is_set():
        first = part * ROWS_A_PART % 600_000
        _try_query(shop, EXPORT.format(first=first, last=first + ROWS_A_PART, folder=folder, part=part))
        part += 1
        time.sleep(PAUSE_S)


def df(shop):
    shop.note("df", subprocess.run(["df", "-h", str(shop.places.database_disk)], capture_output=True, text=True).stdout)


def free_space(shop):
    stopped.set()
    for job in threading.enumerate():
        if job.name == "export":
            job.join()
    subprocess.run(["rm", "-rf", str(shop.places.database_disk / "exports")], check=True)
    _try_query(shop, "CHECKPOINT")


def _try_query(shop, statement):
    try:
        shop.query(statement)
    except subprocess.CalledProcessError as error:
        shop.note("export_orders", error.stderr.strip())
