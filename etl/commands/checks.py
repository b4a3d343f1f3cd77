"""The self-test of an installation and a home: each check says one sentence, in both languages."""

import os
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final, Literal

import duckdb
from packaging.requirements import Requirement
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from dashboard.access.accounts import Accounts
from dashboard.access.wanted import Settings
from dashboard.publish.font import FONT
from dashboard.publish.shelf import EditionError, Shelf
from dashboard.semantics.words import Text
from dashboard.state.audit import verified
from dashboard.state.database import State, newest_revision
from dashboard.state.moment import now
from dashboard.state.retention import Retention
from dashboard.state.settings import StateError
from dashboard.state.tables import audit_log
from dashboard.warehouse import THREADS
from etl.commands.archiving import key_of
from etl.history import is_elsewhere
from etl.home import KEY_VARIABLE, Home, HomeError

Verdict = Literal["ok", "look", "fault"]
OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
CHINA: Final = timedelta(hours=8)
ROOM: Final = 2  # copies of the newest build that a load may need: its draft, and what spills
LEAST_ROOM: Final = 1 << 30


@dataclass(frozen=True)
class Finding:
    """What a check found: `ok`, `look` (works, but somebody should look), `fault` (do not serve it so)."""

    check: str
    verdict: Verdict
    text: Text


def ok(zh: str, en: str) -> tuple[Verdict, Text]:
    """All is well."""
    return "ok", Text(zh, en)


def look(zh: str, en: str) -> tuple[Verdict, Text]:
    """It works; somebody should look at it."""
    return "look", Text(zh, en)


def fault(zh: str, en: str) -> tuple[Verdict, Text]:
    """It must not stay so."""
    return "fault", Text(zh, en)


def checked(home: Path) -> Iterator[Finding]:
    """Every check over a home; one that fails by itself is a fault, not the end. None is made where none is."""
    for name, check in CHECKS.items():
        if not home.is_dir() and check not in (libraries, font, folder):
            continue
        try:
            yield Finding(name, *check(home))
        except (StateError, HomeError, EditionError, DBAPIError, duckdb.Error, OSError) as error:
            said = " ".join(str(error).split("\n")[0].split())
            yield Finding(name, *fault(f"无法检查：{said}", f"cannot be checked: {said}"))


def libraries(_home: Path) -> tuple[Verdict, Text]:
    """The libraries are those that this release asks for."""
    wrong = []
    for asked in map(Requirement, requires("reemploy") or ()):
        if asked.marker is not None:
            continue
        try:
            found = version(asked.name)
        except PackageNotFoundError:
            found = "—"
        if found == "—" or not asked.specifier.contains(found, prereleases=True):
            wrong.append(f"{asked.name} {found} ({asked.specifier})")
    if wrong:
        return fault(f"程序库不符：{'；'.join(wrong)}", f"libraries are not those asked for: {'; '.join(wrong)}")
    release = version("reemploy")
    return ok(f"版本 {release}，程序库齐全", f"release {release}, all libraries as asked for")


def font(_home: Path) -> tuple[Verdict, Text]:
    """The font of the paged files is there."""
    if FONT.is_file():
        return ok("公报字体可用", "the font of the bulletins is there")
    return fault(f"缺少字体 {FONT.name}，无法制作 PDF", f"the font {FONT.name} is missing: no PDF can be made")


def folder(home: Path) -> tuple[Verdict, Text]:
    """The home can be written by us, and read by nobody else."""
    if not home.is_dir():
        return fault(f"没有目录 {home}", f"there is no folder {home}")
    if not os.access(home, os.W_OK | os.X_OK):
        return fault(f"无权写入 {home}", f"{home} cannot be written")
    if home.stat().st_mode & OTHERS:
        return look(f"他人可读 {home}，建议 chmod 700", f"others may look into {home}: chmod 700 is safer")
    return ok("目录仅属主可读写", "the folder is its owner's alone")


def key(home: Path) -> tuple[Verdict, Text]:
    """The key is there, and its owner's alone."""
    if key_of(home) is None:
        current = Home(home).current()
        if current is None:
            return ok("首次装载时生成密钥", "the first load makes the key")
        with duckdb.connect(str(current), read_only=True) as connection:
            if is_elsewhere(connection):
                return ok("数据由集群生成，只供查阅，无需密钥", "a cluster made the data: nothing is loaded here")
        return fault(
            f"缺少密钥，无法再装载；请从备份放回，或设置 {KEY_VARIABLE}",
            f"the key is missing, nothing can be loaded: restore it, or give {KEY_VARIABLE}",
        )
    path = home / "key"
    if path.exists() and path.stat().st_mode & OTHERS:
        return fault(f"他人可读密钥 {path}，请 chmod 600", f"others may read {path}: chmod 600")
    return ok("密钥在位，仅属主可读", "the key is there, its owner's alone")


def disk(home: Path) -> tuple[Verdict, Text]:
    """There is room for another load."""
    current = Home(home).current()
    needed = max(LEAST_ROOM, ROOM * current.stat().st_size if current else 0)
    free = shutil.disk_usage(home).free
    said = f"{free / 1e9:,.1f} GB", f"{needed / 1e9:,.1f} GB"
    if free < needed:
        return fault(f"剩余 {said[0]}，下次装载约需 {said[1]}", f"{said[0]} free, a load may need {said[1]}")
    return ok(f"剩余 {said[0]}", f"{said[0]} free")


def build(home: Path) -> tuple[Verdict, Text]:
    """The build that CURRENT names opens, and is the one of the load that its name says."""
    current = Home(home).current()
    if current is None:
        return look("尚未装载数据", "nothing has been loaded yet")
    with duckdb.connect(str(current), read_only=True, config={"threads": THREADS}) as connection:
        [(load,)] = connection.execute("SELECT max(load) FROM log.loads").fetchall()
        [(data_date,)] = connection.execute("SELECT data_date FROM mart.build").fetchall()
        connection.execute("SELECT load FROM mart.row_origin LIMIT 1")  # in a cluster's storage, perhaps
    if f"{load:06d}" != current.stem:
        return fault(f"{current.name} 实为第 {load} 次装载", f"{current.name} is in truth that of load {load}")
    if data_date is not None and data_date > now().date() + timedelta(days=1):
        return look(
            f"数据日期 {data_date} 晚于今天，请核对时钟", f"the data date {data_date} is after today: see the clock"
        )
    return ok(f"第 {load} 次装载，数据截至 {data_date}", f"load {load}, data until {data_date}")


def state(home: Path) -> tuple[Verdict, Text]:
    """The state database is there, whole, and at this release's migration."""
    opened = State.of(home)
    try:
        kind = opened.engine.dialect.name
        if kind == "sqlite":
            with opened.read() as connection:
                said = connection.exec_driver_sql("PRAGMA quick_check").scalar()
            if said != "ok":
                return fault(f"状态库损坏：{said}", f"the state database is damaged: {said}")
        return ok(f"{kind}，版本 {newest_revision()}", f"{kind}, at migration {newest_revision()}")
    finally:
        opened.close()


def log(home: Path) -> tuple[Verdict, Text]:
    """The audit log is as it was written."""
    Retention.of(home)
    opened = State.of(home)
    try:
        with opened.read() as connection:
            chain = verified(connection)
            newest: datetime | None = connection.scalar(select(func.max(audit_log.c.at)))
    finally:
        opened.close()
    if chain.broken_at is not None:
        return fault(f"审计日志第 {chain.broken_at} 条被改动", f"the audit log was changed at entry {chain.broken_at}")
    if newest is not None and newest > now() + timedelta(minutes=5):
        return fault(
            "审计日志的时间晚于现在：时钟曾被拨回", "the newest entry of the log is after now: the clock went back"
        )
    return ok(f"审计日志 {chain.entries} 条，连续无缺", f"the audit log is unbroken, {chain.entries} entries")


def accounts(home: Path) -> tuple[Verdict, Text]:
    """Somebody can give rights, and somebody else looks at what they did."""
    opened = State.of(home)
    try:
        open_ones = [each for each in Accounts(opened).all() if not each.is_disabled]
    finally:
        opened.close()
    if not open_ones:
        return look("尚无账号，只能在本机打开", "there is no account: only this machine may look")
    lacking = {"accounts": ("管理员", "administrator"), "audit": ("审计员", "auditor")}
    for permit, (zh, en) in lacking.items():
        if not any(permit in each.permits for each in open_ones):
            return look(f"没有可用的{zh}账号", f"there is no account of an {en}")
    return ok(f"{len(open_ones)} 个账号可用", f"{len(open_ones)} accounts are open")


def editions(home: Path) -> tuple[Verdict, Text]:
    """Every file of every published edition is as its manifest says."""
    published = Shelf(home).published()
    changed = [
        f"{edition.name}/{file}"
        for edition in published
        for file, said in edition.manifest["files"].items()
        if not edition.is_intact(file, said["sha256"])
    ]
    if changed:
        return fault(
            f"公报文件与清单不符：{'、'.join(changed)}", f"changed since they were published: {', '.join(changed)}"
        )
    return ok(f"{len(published)} 期公报与清单一致", f"{len(published)} editions, all as their manifests say")


def settings(home: Path) -> tuple[Verdict, Text]:
    """settings.toml can be read."""
    Home(home).limits()
    found = Settings.of(home)
    if found.proxies and not found.hosts:
        return look("有反向代理但未设 [server] hosts", "there is a proxy, but no [server] hosts: any name is answered")
    return ok("设置可读", "the settings can be read")


def clock(_home: Path) -> tuple[Verdict, Text]:
    """The machine's time zone is the bureau's: days begin when people's days begin."""
    offset = datetime.now().astimezone().utcoffset()
    name = "/".join(dict.fromkeys(time.tzname))
    if offset != CHINA:
        return look(
            f"时区为 {name}，不是北京时间（timedatectl set-timezone Asia/Shanghai）",
            f"the time zone is {name}, not China's",
        )
    return ok("北京时间", "the time zone is China's")


CHECKS: Final[dict[str, Callable[[Path], tuple[Verdict, Text]]]] = {
    check.__name__: check
    for check in (
        *(libraries, font, folder, settings, key, disk, build),
        *(state, log, accounts, editions, clock),
    )
}
