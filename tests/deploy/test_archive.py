"""The archive of a release: the committed tree with the sites built, to run without Node."""

import os
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.deploy.files import ROOT


def run(*command: str, folder: Path = ROOT) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (ROOT / ".git").exists():
        pytest.skip("an archive is made of a commit, and this tree has no repository")
    folder = tmp_path_factory.mktemp("archive")
    return Path(run("deploy/archive.sh", str(folder)).strip())


def test_it_has_the_committed_files_and_the_built_sites_alone(archive: Path) -> None:
    with tarfile.open(archive) as opened:
        files = [member.name.partition("/")[2] for member in opened if not member.isdir()]
    built = {name for name in files if name.startswith("web/dist/")}
    assert set(files) - built == set(
        run("git", "ls-tree", "-rz", "--name-only", "HEAD").split("\0")
    ) - {""}
    for site in ("members", "operators"):
        assert {f"web/dist/{site}/index.html", f"web/dist/{site}/index.html.br"} <= built


def test_nothing_in_it_depends_on_who_packs_it_and_when(archive: Path) -> None:
    commit_time = int(run("git", "show", "-s", "--format=%ct", "HEAD"))
    with tarfile.open(archive) as opened:
        members = opened.getmembers()
    assert [member.name.split("/") for member in members] == sorted(
        member.name.split("/") for member in members
    )
    assert {(m.mtime, m.uid, m.gid, m.uname, m.gname) for m in members} == {
        (commit_time, 0, 0, "", "")
    }
    assert {member.mode for member in members} == {0o644, 0o755}
    assert archive.read_bytes()[3:8] == bytes(5), "gzip notes no file name and no time"


def test_it_runs_without_node_until_a_source_changes(archive: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path)
    (tree,) = tmp_path.iterdir()
    command = ("make", "-n", "UV=true", "run")  # make runs lines with $(MAKE) even so
    assert "zaiseki up" in run(*command, folder=tree)
    assert "npm" not in run(*command, folder=tree)
    assert ".node" not in run(*command, folder=tree)
    source = tree / "web" / "src" / "members" / "main.ts"
    newer = source.stat().st_mtime + 1
    os.utime(source, (newer, newer))
    assert "npm" in run(*command, folder=tree)
