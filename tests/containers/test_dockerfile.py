"""The Dockerfile builds two images that need no root, from the files of .dockerignore."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.containers.compose import ROOT, containers, read

TEXT = (ROOT / "Dockerfile").read_text()
IGNORED = (ROOT / ".dockerignore").read_text()
USER = "10001:10001"

BUILDS = ("build", "web")
"""Stages whose tools stay out of the images."""

Rule = Callable[[str], list[str]]


def stages(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each stage: its name, empty for the last one, and its instructions, one line each."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for stage in re.split(r"^(?=FROM )", joined, flags=re.MULTILINE)[1:]:
        first, *instructions = [line for line in stage.splitlines() if line]
        yield first.partition(" AS ")[2], instructions


def fetches_no_syntax(text: str) -> list[str]:
    """No syntax is fetched, and no file is added from a URL."""
    found = re.findall(r"^# *syntax=.*|^ADD .*", text, re.MULTILINE)
    return [f"is not plain: {line}" for line in found]


def build_tools_stay_in_a_stage(text: str) -> list[str]:
    """The tools of a build stay in stages of their own."""
    names = [name for name, _ in stages(text)]
    _, last = list(stages(text))[-1]
    faults = [] if names == [*BUILDS, "gateway", ""] else [f"has the stages {names}"]
    return faults + [f"builds in the image: {line}" for line in last if "pip" in line]


def runs_without_root(text: str) -> list[str]:
    """A container runs as one fixed user."""
    users = {
        name: [line.removeprefix("USER ") for line in lines if line.startswith("USER ")]
        for name, lines in stages(text)
        if name not in BUILDS
    }
    return [f"{name or 'the last'} runs as {ran}" for name, ran in users.items() if ran != [USER]]


def installs_locked_dependencies(text: str) -> list[str]:
    """Dependencies are installed by their hashes, and the product without any other."""
    installs = re.findall(r"pip (?:\S+ \S+ )?install[^&\n]*", text)
    return [
        f"installs freely: {line.strip()}"
        for line in installs
        if "--require-hashes" not in line and not {"--no-deps", "--no-index"} <= set(line.split())
    ]


def contains_no_secret(text: str) -> list[str]:
    """No argument or variable of an image is a secret, because an image shows all of them."""
    found = re.findall(r"^(?:ARG|ENV) .*(?:KEY|PASSWORD|SECRET|TOKEN|_URL).*", text, re.MULTILINE)
    return [f"keeps {line}" for line in found]


RULES = (
    fetches_no_syntax,
    build_tools_stay_in_a_stage,
    runs_without_root,
    installs_locked_dependencies,
    contains_no_secret,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_dockerfile_keeps_the_rule(rule: Rule) -> None:
    assert rule(TEXT) == []


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        (fetches_no_syntax, "# Two images.", "# syntax=docker/dockerfile:1\n# Two images."),
        (fetches_no_syntax, "COPY cli cli", "ADD https://example.test/x.tar.gz cli"),
        (build_tools_stay_in_a_stage, 'CMD ["zaiseki"', 'RUN pip install x\nCMD ["zaiseki"'),
        (build_tools_stay_in_a_stage, " AS gateway", ""),
        (runs_without_root, f"USER {USER}\nCMD", "CMD"),
        (runs_without_root, f"USER {USER}\nCMD", f"USER {USER}\nUSER root\nCMD"),
        (installs_locked_dependencies, "--require-hashes ", ""),
        (installs_locked_dependencies, "--no-deps ", ""),
        (contains_no_secret, "ENV PATH", "ENV ADDRESS_KEY=AAAA\nENV PATH"),
    ],
)
def test_the_rule_finds_a_planted_fault(rule: Rule, old: str, new: str) -> None:
    assert old in TEXT
    assert len(rule(TEXT.replace(old, new, 1))) == 1


def test_only_copied_files_are_sent_to_the_build() -> None:
    """.dockerignore excludes all files, and then includes those that the Dockerfile copies."""
    lines = [line for line in IGNORED.splitlines() if line and not line.startswith("#")]
    let_in = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(\S+)", TEXT, re.MULTILINE)
    assert lines[0] == "*"
    assert let_in == {path.partition("/")[0] for path in copied}
    assert all((ROOT / path).exists() for path in copied)


def test_compose_builds_each_image_once() -> None:
    built = {name: one["build"] for name, one in containers(read()) if "build" in one}
    assert built == {"gateway": {"context": ".", "target": "gateway"}, "migrate": "."}
