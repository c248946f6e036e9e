"""Rules for confinement: containers do not write, gain rights, or have needless connections."""

from typing import Any

from tests.containers.compose import Compose, containers

OUR_IMAGES = {"zaiseki", "zaiseki-gateway"}
"""They name their user themselves; a rule for the Dockerfile sees to it."""
MORE_RIGHTS = {"gateway": ["NET_BIND_SERVICE"]}
REACHED_FROM_OUTSIDE = {"gateway", "mailpit"}
CLOSED_NETWORKS = ("front", "back")
DATABASES = ("postgres", "valkey")
FORBIDDEN = ("privileged", "network_mode", "pid", "ipc", "userns_mode", "devices", "cgroup")


def confined(compose: Compose) -> list[str]:
    """No container writes to its image or gains rights."""
    return [
        f"{name}: {fault}" for name, container in containers(compose) for fault in _loose(container)
    ] + [
        f"{name} has rights back: {container['cap_add']}"
        for name, container in containers(compose)
        if container.get("cap_add", []) != MORE_RIGHTS.get(name, [])
    ]


def _loose(container: dict[str, Any]) -> list[str]:
    faults = [f"{key} opens it" for key in FORBIDDEN if key in container]
    faults += [] if container.get("read_only") is True else ["its file system can be written"]
    faults += [] if container.get("cap_drop") == ["ALL"] else ["it keeps capabilities"]
    if container.get("security_opt") != ["no-new-privileges:true"]:
        faults.append("it may gain privileges")
    return faults


def no_container_is_root(compose: Compose) -> list[str]:
    """A foreign image runs as a user given by number, which the image cannot redefine."""
    return [
        f"{name} runs as {container.get('user', 'the user of the image')}"
        for name, container in containers(compose)
        if container["image"].partition(":")[0] not in OUR_IMAGES
        if not (user := str(container.get("user", ""))) or set(user.split(":")) & {"0", "root"}
    ]


def reached_on_loopback_only(compose: Compose) -> list[str]:
    """Two containers publish ports, both only to this machine."""
    return [
        f"{name} publishes {port}"
        for name, container in containers(compose)
        for port in container.get("ports", [])
        if name not in REACHED_FROM_OUTSIDE or not port.startswith("127.0.0.1:")
    ]


def networks(compose: Compose) -> list[str]:
    """Databases and product are on networks without internet access, the gateway on another one."""
    declared = compose["networks"]
    faults = [
        f"{network} has a way out"
        for network in CLOSED_NETWORKS
        if not (declared[network] or {}).get("internal")
    ]
    gateway = set(compose["services"]["gateway"]["networks"])
    for name in DATABASES:
        here = set(compose["services"][name]["networks"])
        faults += [f"the gateway reaches {name} by {shared}" for shared in here & gateway]
        faults += [f"{name} is on {network}" for network in here - set(CLOSED_NETWORKS)]
    return faults


def logs_are_bounded(compose: Compose) -> list[str]:
    """The log of every container is limited in size."""
    return [
        f"{name} logs without bound"
        for name, container in containers(compose)
        if {"max-size", "max-file"} - set(container.get("logging", {}).get("options", {}))
    ]
