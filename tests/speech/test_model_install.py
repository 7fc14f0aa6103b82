"""Installing a model: resumable, checked, all or nothing, whatever server and archive do."""

import dataclasses
import hashlib
import multiprocessing
import os
import re
import shutil
import stat
import threading
import zipfile
from collections.abc import Iterator
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import MissingPart, UserError, WrongUse
from simulator.paths import AppPaths, user_paths
from simulator.speech import model_archives, model_install
from simulator.speech.model_files import (
    DEFAULT_MODEL,
    ModelFolder,
    choose_model,
    official_models,
    sample_model,
)
from simulator.speech.model_install import install, one_install_at_a_time
from tests.sound_devices import wait_until
from tests.speech.model_server import Shop, shop, zip_of
from tests.speech.sounds import copy_of_model

NAME = DEFAULT_MODEL


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "somebody"))


@pytest.fixture
def paths() -> AppPaths:
    return user_paths()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real model that does not count as the sample."""
    return copy_of_model(tmp_path_factory.mktemp("model") / NAME, sample_model())


@pytest.fixture(scope="session")
def archive(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its zip, as the Vosk project packs them."""
    return zip_of(model, tmp_path_factory.mktemp("zip") / f"{NAME}.zip", NAME)


@pytest.fixture
def pinned(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The official list, with the size and checksum of our own zip in the place of the real one's."""
    goods = archive.read_bytes()
    listed = [
        dataclasses.replace(official, size=len(goods), unpacked=1_000_000, sha256=hashlib.sha256(goods).hexdigest())
        if official.name == NAME
        else official
        for official in official_models()
    ]
    monkeypatch.setattr(model_install, "official_models", lambda: listed)


@pytest.fixture
def server(archive: Path, pinned: None) -> Iterator[Shop]:
    with shop(archive.read_bytes()) as about:
        yield about


def fetch(paths: AppPaths, server: Shop, **options: Any) -> ModelFolder:
    return install(NAME, paths, base_address=server.address, **options)


def chosen(paths: AppPaths) -> ModelFolder:
    model = choose_model(paths)
    assert model is not None
    return model


def nothing_installed(paths: AppPaths) -> bool:
    return choose_model(paths) is None and not list(paths.speech_models.glob(".unpack-*"))


def test_an_official_model_is_fetched_unpacked_and_used(paths: AppPaths, server: Shop) -> None:
    seen: list[tuple[int, int]] = []
    made = fetch(paths, server, on_progress=lambda done, total: seen.append((done, total)))
    assert made.path == paths.speech_models / NAME
    assert chosen(paths).path == made.path
    assert made.missing() == []
    size = len(server.goods)
    fetching = [done for done, total in seen if total == size]
    assert fetching == sorted(fetching)
    assert fetching[-1] == size
    assert server.requests == [""]
    assert [path.name for path in (paths.speech_models / ".downloads").iterdir()] == []


def test_installed_models_are_the_users_alone(paths: AppPaths, server: Shop) -> None:
    made = fetch(paths, server)
    assert stat.S_IMODE(paths.speech_models.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in made.path.rglob("*") if path.is_file())


def test_cuts_are_resumed_where_they_happened(paths: AppPaths, server: Shop) -> None:
    server.cut_after = [1000, 70_000, 1]
    fetch(paths, server)
    assert server.requests == ["", "bytes=1000-", "bytes=71000-", "bytes=71001-"]


def test_a_download_goes_on_after_the_app_was_closed(paths: AppPaths, server: Shop) -> None:
    class Closed(Exception):
        pass

    def close_app(done: int, total: int) -> None:
        if done:
            raise Closed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_install, "CHUNK", 50_000)
        with pytest.raises(Closed):
            fetch(paths, server, on_progress=close_app)
    assert nothing_installed(paths)
    fetch(paths, server)
    assert server.requests == ["", "bytes=50000-"]


def test_cancelling_keeps_what_came(paths: AppPaths, server: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_install, "CHUNK", 50_000)
    asked: list[int] = []
    with pytest.raises(UserError, match="Stopped"):
        fetch(paths, server, on_progress=lambda done, total: asked.append(done), cancelled=lambda: len(asked) > 2)
    assert nothing_installed(paths)
    part = paths.speech_models / ".downloads" / f"{NAME}.zip.part"
    assert part.stat().st_size >= 50_000
    fetch(paths, server)
    assert choose_model(paths) is not None


def test_a_server_without_ranges_starts_anew(paths: AppPaths, server: Shop) -> None:
    server.ranges = False
    server.cut_after = [1000]
    fetch(paths, server)
    assert server.requests == ["", "bytes=1000-"]
    assert choose_model(paths) is not None


def test_a_part_larger_than_the_file_is_thrown_away(paths: AppPaths, server: Shop) -> None:
    downloads = paths.speech_models / ".downloads"
    downloads.mkdir(parents=True)
    (downloads / f"{NAME}.zip.part").write_bytes(bytes(len(server.goods) + 1))
    fetch(paths, server)
    assert server.requests == [""]


def test_a_wrong_checksum_installs_nothing_and_forgets_the_part(paths: AppPaths, server: Shop) -> None:
    server.corrupt = True
    with pytest.raises(UserError, match="checksum"):
        fetch(paths, server)
    assert nothing_installed(paths)
    server.corrupt = False
    fetch(paths, server)
    assert server.requests == ["", ""]


def test_a_server_that_sends_too_much_is_not_believed(paths: AppPaths, server: Shop) -> None:
    server.goods += b"more" * 100_000
    with pytest.raises(UserError, match="checksum"):
        fetch(paths, server)
    assert nothing_installed(paths)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_is_told_with_the_way_without_a_network(
    paths: AppPaths, server: Shop, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setattr(model_install, "ATTEMPTS", 2)
    server.status = status
    with pytest.raises(MissingPart, match=f"answered {status}") as caught:
        fetch(paths, server)
    assert f"second-round model install {NAME}.zip" in caught.value.hint
    assert "another computer" in caught.value.hint
    assert len(server.requests) == (1 if status < 500 else 2)


def test_a_server_that_always_cuts_is_given_up(
    paths: AppPaths, server: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_install, "ATTEMPTS", 3)
    server.cut_after = [0] * 50
    with pytest.raises(MissingPart, match="could not be downloaded"):
        fetch(paths, server)
    assert len(server.requests) == model_install.ATTEMPTS


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_offline_says_how_to_bring_the_zip(
    paths: AppPaths, pinned: None, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr(model_install, "ATTEMPTS", 2)
    with pytest.raises(MissingPart, match="could not be downloaded") as caught:
        install(NAME, paths, base_address=address)
    assert "another computer" in caught.value.hint
    assert nothing_installed(paths)


def test_a_zip_brought_along_is_installed(paths: AppPaths, archive: Path, pinned: None) -> None:
    made = install(str(archive), paths)
    assert made.path == paths.speech_models / NAME
    assert chosen(paths).path == made.path


def test_a_damaged_zip_of_an_official_model_is_refused_by_its_checksum(
    paths: AppPaths, archive: Path, pinned: None, tmp_path: Path
) -> None:
    damaged = tmp_path / f"{NAME}.zip"
    damaged.write_bytes(archive.read_bytes()[:-1] + b"x")
    with pytest.raises(UserError, match="checksum"):
        install(str(damaged), paths)
    assert nothing_installed(paths)


def test_a_folder_is_copied(paths: AppPaths, model: Path) -> None:
    made = install(str(model), paths)
    assert made.path == paths.speech_models / NAME
    assert made.missing() == []
    assert model.exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end here")
def test_a_folder_with_something_without_an_end_in_it_is_not_copied(paths: AppPaths, model: Path) -> None:
    (model / "extra.bin").symlink_to("/dev/zero")
    with pytest.raises(UserError, match=r"extra\.bin is a device"):
        install(str(model), paths)
    assert nothing_installed(paths)


def test_installing_the_installed_folder_changes_nothing(paths: AppPaths, model: Path) -> None:
    made = install(str(model), paths)
    again = install(str(made.path), paths)
    assert again.path == made.path
    assert again.missing() == []


def test_a_folder_that_is_no_model_is_refused(paths: AppPaths, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a whole speech model"):
        install(str(tmp_path), paths)


def test_a_zip_with_the_files_at_its_top_is_named_after_itself(paths: AppPaths, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "my-model.zip"
    with zipfile.ZipFile(path, "w") as made:
        for file in model.rglob("*"):
            made.write(file, file.relative_to(model).as_posix())
    assert install(str(path), paths).path == paths.speech_models / "my-model"


def test_an_unknown_name_lists_the_known_ones(paths: AppPaths) -> None:
    with pytest.raises(WrongUse, match=NAME):
        install("vosk-model-klingon", paths)


def test_the_model_without_checksum_is_not_fetched(paths: AppPaths) -> None:
    with pytest.raises(MissingPart, match=r"Download https://alphacephei\.com") as caught:
        install("vosk-model-en-us-0.22", paths)
    assert "model install vosk-model-en-us-0.22.zip" in caught.value.hint


def write_zip(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            made.writestr(name, content)
    return path


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target.encode()


@pytest.mark.parametrize(
    "name", ["../evil", "model/../../evil", "/tmp/evil", "C:/evil", "..\\evil", "\\evil", "model/..\\..\\evil"]
)
def test_names_that_lead_out_are_refused(paths: AppPaths, tmp_path: Path, name: str) -> None:
    path = write_zip(tmp_path / "a.zip", ("model/README", b"x"), (name, b"evil"))
    with pytest.raises(UserError, match="not safe"):
        install(str(path), paths)
    assert nothing_installed(paths)
    assert not any("evil" in file.name for file in tmp_path.rglob("*"))


def test_links_are_refused(paths: AppPaths, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", link("model/am", "/etc"), ("model/am/passwd", b"x"))
    with pytest.raises(UserError, match="not safe"):
        install(str(path), paths)
    assert nothing_installed(paths)


def test_a_bomb_is_refused_before_it_is_unpacked(paths: AppPaths, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("model/am/final.mdl", bytes(30_000_000)))
    assert path.stat().st_size < 100_000
    with pytest.raises(UserError, match="would unpack to"):
        install(str(path), paths)
    assert nothing_installed(paths)


def test_a_zip_that_lies_about_its_sizes_is_stopped(paths: AppPaths, model: Path, tmp_path: Path) -> None:
    path = zip_of(model, tmp_path / "a.zip", "model")
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as opened:
        size = opened.getinfo("model/am/final.mdl").file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    with pytest.raises(UserError, match=r"is damaged|more than it says"):
        install(str(path), paths)
    assert nothing_installed(paths)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "not a zip"), (b"PK\3\4 but no more", "not a zip"), (b"<html>Sign in to the network</html>", "not a zip")],
)
def test_what_is_no_zip_is_told(paths: AppPaths, tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(UserError, match=says):
        install(str(path), paths)


def test_a_damaged_member_is_told(paths: AppPaths, archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 3] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(UserError, match="is damaged"):
        install(str(path), paths)
    assert nothing_installed(paths)


def test_a_zip_without_a_model_says_what_it_lacks(paths: AppPaths, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", ("model/am/final.mdl", b"x"), ("model/README", b"x"))
    with pytest.raises(UserError, match=r"no whole speech model: it lacks .*conf/"):
        install(str(path), paths)
    assert nothing_installed(paths)


def test_a_zip_with_two_models_asks_which(paths: AppPaths, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("one", "two"):
            for file in model.rglob("*"):
                made.write(file, f"{name}/{file.relative_to(model).as_posix()}")
    with pytest.raises(UserError, match="holds 2 models"):
        install(str(path), paths)


def test_a_model_that_vosk_cannot_load_is_not_installed(paths: AppPaths, model: Path, tmp_path: Path) -> None:
    broken = tmp_path / "vosk-model-small-en-broken"
    import shutil

    shutil.copytree(model, broken)
    (broken / "am/final.mdl").write_bytes(b"not a network")
    with pytest.raises(UserError, match="cannot be loaded"):
        install(str(broken), paths)
    assert nothing_installed(paths)


def test_a_failed_install_leaves_the_old_model_in_place(
    paths: AppPaths, pinned: None, model: Path, archive: Path, tmp_path: Path
) -> None:
    install(str(archive), paths)
    import shutil

    broken = tmp_path / NAME
    shutil.copytree(model, broken)
    (broken / "am/final.mdl").write_bytes(b"not a network")
    with pytest.raises(UserError):
        install(str(broken), paths)
    assert chosen(paths).missing() == []
    assert (paths.speech_models / NAME / "am/final.mdl").read_bytes() == (model / "am/final.mdl").read_bytes()


def test_installing_over_an_old_one_replaces_it_whole(paths: AppPaths, model: Path) -> None:
    made = install(str(model), paths)
    (made.path / "left over").write_text("")
    again = install(str(model), paths)
    assert not (again.path / "left over").exists()
    assert sorted(path.name for path in paths.speech_models.iterdir()) == [".lock", NAME]


def test_what_a_killed_install_left_is_cleared_away(paths: AppPaths, model: Path) -> None:
    left = paths.speech_models / ".unpack-left"
    left.mkdir(parents=True)
    (left / "file").write_text("")
    install(str(model), paths)
    assert not left.exists()


def test_a_full_disk_is_told_before_anything_is_fetched(
    paths: AppPaths, server: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(UserError, match="only 1,000 bytes are free"):
        fetch(paths, server)
    assert server.requests == []


@pytest.mark.parametrize(("needed", "free"), [(40_200_000, 40_100_000), (12_999_999, 12_000_000), (5_001, 5_000)])
def test_room_that_is_just_too_little_never_reads_as_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: int, free: int
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    with pytest.raises(UserError) as told:
        model_archives.need_space(tmp_path, needed)
    wanted, there = re.findall(r"([\d,]+) (?:MB|bytes)", str(told.value))
    assert int(wanted.replace(",", "")) > int(there.replace(",", ""))


def test_a_file_where_the_folder_should_be_is_told(paths: AppPaths, model: Path) -> None:
    paths.speech_models.parent.mkdir(parents=True)
    paths.speech_models.write_text("")
    with pytest.raises(UserError, match="is a file"):
        install(str(model), paths)


def _hold(home: str, held: Event, release: Event) -> None:
    os.environ["SIMULATOR_HOME"] = home
    with one_install_at_a_time(user_paths()):
        held.set()
        release.wait(30)


def test_two_installs_at_once_do_not_meet(paths: AppPaths, model: Path, simulator_home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(simulator_home), held, release))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(UserError, match="Another copy"):
            install(str(model), paths)
    finally:
        release.set()
        other.join(30)
    install(str(model), paths)


def test_installing_can_be_cancelled_while_copying(paths: AppPaths, model: Path) -> None:
    cancelled = threading.Event()

    def stop(done: int, total: int) -> None:
        cancelled.set()

    with pytest.raises(UserError, match="Stopped"):
        install(str(model), paths, on_progress=stop, cancelled=cancelled.is_set)
    wait_until(lambda: nothing_installed(paths))
