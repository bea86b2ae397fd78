"""The only place that reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tallystick.errors import UsageError

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True)
class Network:
    """How publishers are asked.

    `about` is the page that tells them who asks, `loopback` a server on this machine that is asked in place of
    every publisher, `keys` and `daily_calls` what a publisher granted us, by the name that a source.yml uses.
    """

    about: str = "https://example.org/tallystick"
    loopback: str | None = None
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    daily_calls: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class People:
    """What a deployment tells of counts of people otherwise than its profile does; None where it does as the profile.

    From `threshold` people on a count is shown, `rounding` is the base it is rounded to, over a share of `dominance`
    one contributor's part is hidden, `zeros` says whether a zero is told.
    """

    threshold: int | None = None
    rounding: int | None = None
    dominance: float | None = None
    zeros: bool | None = None


@dataclass(frozen=True)
class Storage:
    """Where releases and the ledger lie, when it is not the home folder.

    `ledger` is the address of a PostgreSQL that holds the ledger (`postgresql://user@host/database`). `bucket` is
    where the archive and what was published are (`s3://bucket/prefix`), `endpoint` the server that has it when that
    is not Amazon's, `region` its region.
    """

    ledger: str = field(default="", repr=False)
    bucket: str = ""
    endpoint: str = ""
    region: str = "us-east-1"


@dataclass(frozen=True)
class Settings:
    """Where things are and how much of the machine may be used.

    `site` is the scheme and host under which readers reach the workbench, when it is not the one served at, `contact`
    the mail address that catalogs of data give for it.
    `webhooks` is the file that names whom to tell what is new, `webhook_secrets` what signs it, by the hook's name.
    `takes_reports` lets a server take what offices report, `token` is what this command reports with.
    `home` holds the archive, what was published from it and the warehouse. `records` are the folders of what
    people wrote, the project's own first; a later folder is laid over the earlier ones. `data` is a folder of
    releases to take in, if one was given. `compiled` is the file in which several homes keep what is compiled of
    their records; each in its own, if None. `profile` says how much of counts of people is told (`open`, `public`,
    `rounded`, `custom`; what suits the way it is reached, if empty), `people` what of that is otherwise here.
    `engine` is the address of the warehouse that answers; the embedded engine does, if empty.
    `storage` says where the archive and the ledger are, if not in `home`.
    `readers` is the address of a cluster whose workers read releases; processes of this machine do, if empty.
    """

    home: Path
    records: tuple[Path, ...]
    data: Path | None = None
    threads: int = 2
    memory_limit: str = "4GB"
    network: Network = field(default_factory=Network)
    site: str = ""
    webhooks: Path | None = None
    webhook_secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    contact: str = "tallystick@example.org"
    takes_reports: bool = False
    token: str = field(default="", repr=False)
    compiled: Path | None = None
    profile: str = ""
    people: People = field(default_factory=People)
    engine: str = field(default="", repr=False)
    storage: Storage = field(default_factory=Storage)
    readers: str = field(default="", repr=False)


def for_others(settings: Settings) -> Settings:
    """The settings for what leaves this machine: under the profile that was named, `public` where none was."""
    return settings if settings.profile else replace(settings, profile="public")


def from_environment(
    environment: Mapping[str, str] | None = None, *, home: str | None = None, records: str | None = None
) -> Settings:
    """Read `TALLYSTICK_HOME`, `_RECORDS`, `_DATA`, `_THREADS` and `_MEMORY`; `home` and `records` go before them.

    `TALLYSTICK_SITE` says under which address readers reach the workbench (`https://example.org`), `_CONTACT` whom
    they write to.
    `TALLYSTICK_WEBHOOKS` names the file of hooks and `TALLYSTICK_WEBHOOK_SECRET_<NAME>` what signs for each.
    `TALLYSTICK_TAKE_REPORTS=yes` lets a server take reports, `TALLYSTICK_TOKEN` is what one reports with.
    `TALLYSTICK_PROFILE` (open, public, rounded, custom) says what is told of counts of people;
    `TALLYSTICK_THRESHOLD`, `_ROUNDING`, `_DOMINANCE` and `_ZEROS` (shown, hidden) what of that is otherwise here.
    `TALLYSTICK_ENGINE` (postgresql://..., sc://...) names a warehouse that answers in place of the embedded engine.
    `TALLYSTICK_LEDGER` (postgresql://...) names a database that holds the ledger, in place of a file in the home.
    `TALLYSTICK_STORE` (s3://bucket/prefix) names a bucket that holds the archive and what was published,
    `_STORE_ENDPOINT` the server that has it and `_STORE_REGION` its region; its keys are where all tools of S3 look.
    `TALLYSTICK_READERS` (sc://...) names a cluster whose workers read releases in place of this machine's processes.
    `TALLYSTICK_COMPILED` names the file that several homes keep what is compiled in.
    `TALLYSTICK_KEY_<NAME>`, `_DAILY_CALLS_<NAME>`, `_ABOUT` and `_LOOPBACK` say how publishers are asked.

    Raises `UsageError` when a folder that was named does not exist, a count is not a number or an address is none.
    """
    env = os.environ if environment is None else environment
    named = env.get("TALLYSTICK_RECORDS", "") if records is None else records
    own = [_folder("TALLYSTICK_RECORDS", part) for part in _paths(named)]
    data = env.get("TALLYSTICK_DATA")
    threads = env.get("TALLYSTICK_THREADS", str(os.cpu_count() or 1))
    if not threads.isdecimal() or threads == "0":
        raise UsageError(f"TALLYSTICK_THREADS is '{threads}', not a whole number above zero")
    return Settings(
        home=Path(home or env.get("TALLYSTICK_HOME") or ".tallystick").absolute(),
        records=(bundled_records(), *own),
        data=_folder("TALLYSTICK_DATA", data) if data else None,
        threads=int(threads),
        memory_limit=env.get("TALLYSTICK_MEMORY", "4GB"),
        network=_network(env),
        site=_site(env.get("TALLYSTICK_SITE", "")),
        webhooks=Path(env["TALLYSTICK_WEBHOOKS"]).absolute() if env.get("TALLYSTICK_WEBHOOKS") else None,
        webhook_secrets=_prefixed(env, "TALLYSTICK_WEBHOOK_SECRET_"),
        contact=_contact(env.get("TALLYSTICK_CONTACT") or Settings.contact),
        takes_reports=_yes("TALLYSTICK_TAKE_REPORTS", env.get("TALLYSTICK_TAKE_REPORTS", "")),
        token=env.get("TALLYSTICK_TOKEN", ""),
        compiled=Path(env["TALLYSTICK_COMPILED"]).absolute() if env.get("TALLYSTICK_COMPILED") else None,
        profile=env.get("TALLYSTICK_PROFILE", ""),
        people=_people(env),
        engine=env.get("TALLYSTICK_ENGINE", ""),
        storage=_storage(env),
        readers=_readers(env.get("TALLYSTICK_READERS", "")),
    )


def bundled_records() -> Path:
    """The project's own records: inside an installed package, or beside `src/` in a checkout."""
    installed = _PACKAGE / "_records"
    return installed if installed.is_dir() else _PACKAGE.parent.parent / "records"


def bundled_geography() -> Path:
    """Where set-up brings the shapes of counties and states; the folder may not be there."""
    return _PACKAGE / "_geography"


def _network(env: Mapping[str, str]) -> Network:
    calls = _prefixed(env, "TALLYSTICK_DAILY_CALLS_")
    for name, value in calls.items():
        if not value.isdecimal():
            raise UsageError(f"TALLYSTICK_DAILY_CALLS_{name.upper()} is '{value}', not a whole number")
    return Network(
        about=env.get("TALLYSTICK_ABOUT") or Network.about,
        loopback=env.get("TALLYSTICK_LOOPBACK") or None,
        keys=_prefixed(env, "TALLYSTICK_KEY_"),
        daily_calls={name: int(value) for name, value in calls.items()},
    )


def _readers(address: str) -> str:
    if address and not address.startswith("sc://"):
        raise UsageError(
            f"TALLYSTICK_READERS begins with '{address.partition(':')[0]}', which is no cluster known here",
            next_step="write sc://host:15002/, or leave it out: then processes of this machine read",
        )
    return address


def _storage(env: Mapping[str, str]) -> Storage:
    ledger = env.get("TALLYSTICK_LEDGER", "")
    if ledger and not ledger.startswith(("postgresql://", "postgres://")):
        raise UsageError(
            f"TALLYSTICK_LEDGER begins with '{ledger.partition(':')[0]}', which is no database known here",
            next_step="write postgresql://user:password@host/database, or leave it out for a file in the home",
        )
    bucket, endpoint = env.get("TALLYSTICK_STORE", ""), env.get("TALLYSTICK_STORE_ENDPOINT", "")
    if bucket and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]+(/[A-Za-z0-9._/-]*)?", bucket):
        raise UsageError(f"TALLYSTICK_STORE is '{bucket}'", next_step="write it like s3://bucket/prefix")
    if endpoint and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", endpoint):
        raise UsageError(
            f"TALLYSTICK_STORE_ENDPOINT is '{endpoint}'", next_step="write it like https://storage.example.org"
        )
    return Storage(ledger, bucket, endpoint, env.get("TALLYSTICK_STORE_REGION") or Storage.region)


def _people(env: Mapping[str, str]) -> People:
    whole: dict[str, int | None] = {}
    for name in ("threshold", "rounding"):
        written = env.get(f"TALLYSTICK_{name.upper()}", "")
        if written and not written.isdecimal():
            raise UsageError(f"TALLYSTICK_{name.upper()} is '{written}', not a whole number")
        whole[name] = int(written) if written else None
    share, zeros = env.get("TALLYSTICK_DOMINANCE", ""), env.get("TALLYSTICK_ZEROS", "")
    if share and not re.fullmatch(r"0?\.\d+", share):
        raise UsageError(f"TALLYSTICK_DOMINANCE is '{share}'", next_step="write a share below one, such as 0.85")
    if zeros not in ("", "shown", "hidden"):
        raise UsageError(f"TALLYSTICK_ZEROS is '{zeros}'", next_step="write shown or hidden")
    return People(**whole, dominance=float(share) if share else None, zeros=zeros == "shown" if zeros else None)


def _site(written: str) -> str:
    if written and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", written):
        raise UsageError(
            f"TALLYSTICK_SITE is '{written}', not a scheme and a host", next_step="write it like https://example.org"
        )
    return written.rstrip("/")


def _contact(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", written):
        raise UsageError(
            f"TALLYSTICK_CONTACT is '{written}', not a mail address", next_step="write it like desk@example.org"
        )
    return written


def _yes(name: str, written: str) -> bool:
    if written not in ("", "no", "yes"):
        raise UsageError(f"{name} is '{written}'", next_step="write yes or no")
    return written == "yes"


def _prefixed(env: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix).lower(): value for name, value in env.items() if name.startswith(prefix)}


def _paths(joined: str) -> list[str]:
    return [part for part in joined.split(os.pathsep) if part]


def _folder(name: str, value: str) -> Path:
    path = Path(value).absolute()
    if not path.is_dir():
        raise UsageError(
            f"{name} names a folder that is not there", where=str(path), next_step=f"correct {name} or unset it"
        )
    return path
