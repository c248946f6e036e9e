"""Rules for running: all containers exist, wait for what they need, are checked, and can end."""

import re

from shared.messaging.consumer import BATCH_SECONDS
from shared.web.server import STOP_SECONDS
from tests.containers.compose import ROOT, Compose, containers, processes, seconds
from tests.embedded.test_run import NAMES
from tests.releases import version

CALLED_ELSE = {"caddy": "gateway", "mailbox": "mailpit"}
ONCE = "migrate"
PREPARED = {
    "migrate": {"condition": "service_completed_successfully"},
    "valkey": {"condition": "service_healthy"},
}
LONGEST = {"api": STOP_SECONDS, "worker": 2 * BATCH_SECONDS}
"""Seconds that a request or a task may still take once a process is told to stop."""
MORE = 5

_WITHOUT_DEFAULT = re.compile(r"\{\$(\w+)\}")


def every_part_of_the_embedded_run(compose: Compose) -> list[str]:
    """Each part that `zaiseki up` starts has a container."""
    wanted = {CALLED_ELSE.get(name, name) for name in NAMES} | {ONCE}
    return [f"{name} is missing" for name in sorted(wanted - set(compose["services"]))]


def commands(compose: Compose) -> list[str]:
    """Each process is started by the command of its name."""
    return [
        f"{name} runs {container['command']}"
        for name, service, process, container in processes(compose)
        if container["command"] != ["zaiseki", process, service]
    ]


def health(compose: Compose) -> list[str]:
    """Each container except the one that ends has a health check of the address it listens on."""
    faults = [
        f"{name} is not asked"
        for name, container in containers(compose)
        if name != ONCE and "test" not in container.get("healthcheck", {})
    ]
    for name, service, process, container in processes(compose):
        listens = "LISTEN" if process == "api" else "WORKER_LISTEN"
        port = container["environment"][f"{service.upper()}_{listens}"].rpartition(":")[2]
        asked = container.get("healthcheck", {}).get("test")
        if asked not in (None, ["CMD", "zaiseki", "healthy", f"127.0.0.1:{port}"]):
            faults.append(f"{name} is asked by {asked}")
    return faults


def health_keys_of_every_engine(compose: Compose) -> list[str]:
    """Compose refuses the whole file because of a key that the engine does not know.

    `start_interval` is new in Engine 25; these five are as old as health checks themselves.
    """
    return [
        f"{name} is asked with {key}"
        for name, container in containers(compose)
        for key in container.get("healthcheck", {})
        if key not in {"test", "interval", "timeout", "retries", "start_period"}
    ]


def waits(compose: Compose) -> list[str]:
    """No process starts before the database is migrated; the gateway waits for the services."""
    faults = [
        f"{name} waits for {container.get('depends_on')}"
        for name, _, _, container in processes(compose)
        if container.get("depends_on") != PREPARED
    ]
    served = {name for name, _, process, _ in processes(compose) if process == "api"}
    missing = served - set(compose["services"]["gateway"]["depends_on"])
    return faults + [f"the gateway does not wait for {name}" for name in sorted(missing)]


def versions(compose: Compose) -> list[str]:
    """Our images are tagged by version, so that the previous one stays for a rollback."""
    ours = [name for name, _ in containers(compose) if name in ("gateway", ONCE)]
    ours += [name for name, *_ in processes(compose)]
    images = {name: str(compose["services"][name].get("image")) for name in ours}
    return [
        f"{name} runs {image}"
        for name, image in images.items()
        if image != f"zaiseki{'-gateway' * (name == 'gateway')}:{version()}"
    ]


def restarts(compose: Compose) -> list[str]:
    """A container that ends is restarted, except one that runs once."""
    return [
        f"{name} has the policy {container.get('restart')}"
        for name, container in containers(compose)
        if container.get("restart") != ("no" if name == ONCE else "unless-stopped")
    ]


def has_time_to_end(compose: Compose) -> list[str]:
    """No container is killed before it had time to end."""
    return [
        f"{name} is killed after {container.get('stop_grace_period')}"
        for name, _, process, container in processes(compose)
        if seconds(container.get("stop_grace_period", "10s")) < LONGEST[process] + MORE
    ]


def gateway(compose: Compose) -> list[str]:
    """The gateway gets all variables of its file, and the address of each service."""
    told = compose["services"]["gateway"]["environment"]
    asked = set(_WITHOUT_DEFAULT.findall((ROOT / "gateway" / "Caddyfile").read_text()))
    faults = [f"the gateway is not told {name}" for name in sorted(asked - set(told))]
    for name, service, process, container in processes(compose):
        port = container["environment"][f"{service.upper()}_LISTEN"].rpartition(":")[2]
        upstream = told.get(f"{service.upper()}_UPSTREAM", f"{name}:{port}")
        if process == "api" and upstream != f"{name}:{port}":
            faults.append(f"{name} listens on {port}, and the gateway asks {upstream}")
    return faults
