"""AppPaths: one variable moves all data, folders are private, what comes with the app is found."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.errors import UserError
from simulator.paths import AppPaths, private_folder, private_opener, shipped, user_paths, whole_file


def all_of(paths: AppPaths) -> list[Path]:
    names = [name for name, value in vars(AppPaths).items() if isinstance(value, property)]
    return [paths.data, paths.config, paths.cache, *(getattr(paths, name) for name in names)]


def test_one_variable_moves_everything(simulator_home: Path) -> None:
    paths = user_paths()
    assert len(all_of(paths)) > 10
    assert all(path == simulator_home or simulator_home in path.parents for path in all_of(paths))
    assert not simulator_home.exists(), "asking for places made something"


def test_a_tilde_and_a_relative_home_are_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("SIMULATOR_HOME", "~/practice")
    assert user_paths().data == tmp_path / "practice"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SIMULATOR_HOME", "here")
    assert user_paths().data == tmp_path / "here"


def test_without_the_variable_the_platforms_folders_are_used_and_kept_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIMULATOR_HOME")
    paths = user_paths()
    assert all("second-round" in str(path) for path in all_of(paths) if path != paths.exports)
    assert paths.cache not in (paths.data, paths.config)


@pytest.mark.skipif(os.name == "nt", reason="file modes are a matter of POSIX")
def test_folders_and_files_are_the_users_alone(tmp_path: Path) -> None:
    open_to_all = tmp_path / "open"
    open_to_all.mkdir()
    open_to_all.chmod(0o755)
    for folder in (open_to_all, tmp_path / "new/deep"):
        assert stat.S_IMODE(private_folder(folder).stat().st_mode) == 0o700
    with open(tmp_path / "file", "w", opener=private_opener) as file:
        file.write("x")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


@pytest.mark.parametrize(("name", "said"), [("file", "is a file"), ("file/below", "a file, not a folder")])
def test_a_file_in_the_way_is_a_sentence(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match=said) as raised:
        private_folder(tmp_path / name)
    assert raised.value.hint


def test_a_place_that_cannot_be_written_is_a_sentence() -> None:
    with pytest.raises(UserError, match="SIMULATOR_HOME"):
        private_folder(Path("/proc/second-round" if Path("/proc").is_dir() else "/dev/null/second-round"))


@pytest.mark.parametrize("name", ["assets", "question_banks"])
def test_what_comes_with_the_app_is_found_from_any_folder(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert any(shipped(name).iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX file modes")
def test_whatever_the_umask_all_is_the_users_alone(tmp_path: Path) -> None:
    """A practice, an archive, settings and a bank, made by a shell that hides nothing."""
    home = tmp_path / "home"
    python = f"{sys.executable} -m simulator"
    lines = (
        f"printf 'i led a team of six at the depot\\nwe lost nobody\\n' | {python} practice --plain --questions 2",
        f"{python} settings set theme dark",
        f"{python} sessions export --all",
        f"{python} banks share first-round-general --out {tmp_path / 'shared.zip'} || true",
    )
    subprocess.run(
        ["bash", "-c", f"umask 000; {'; '.join(lines)}"],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "SIMULATOR_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        check=True,
        timeout=120,
    )
    made = [home, *home.rglob("*")]
    assert len(made) > 4
    for path in made:
        assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_exports_go_where_a_user_finds_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SIMULATOR_HOME")
    for variable in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(variable, str(tmp_path))
    for variable in ("XDG_DOCUMENTS_DIR", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(variable, raising=False)
    assert user_paths().exports == tmp_path / "Second Round"
    (tmp_path / "Documents").mkdir()
    assert user_paths().exports == tmp_path / "Documents" / "Second Round"


def write_half(path: Path) -> None:
    with whole_file(path) as file:
        file.write(b"half")
        raise KeyboardInterrupt


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "notes"
    path.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_half(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    with whole_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="modes and links are different there")
def test_a_link_is_followed_and_a_mode_kept_where_that_is_wished(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_bytes(b"old")
    real.chmod(0o644)
    link.symlink_to(real)
    with whole_file(link, keep_mode=True) as file:
        file.write(b"new")
    assert link.is_symlink()
    assert (real.read_bytes(), stat.S_IMODE(real.stat().st_mode)) == (b"new", 0o644)
    with whole_file(link) as file:
        file.write(b"newer")
    assert stat.S_IMODE(real.stat().st_mode) == 0o600
