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
from pathlib import Path

import pytest

from simulator.places import Places, user_places
from simulator.problems import Missing, Problem, WrongUse
from simulator.speech import model_archives, model_install
from simulator.speech.model_files import DEFAULT_MODEL, choose_model, install, official_models, sample_model
from simulator.speech.model_install import _alone
from tests.sound_devices import wait_until
from tests.speech.model_server import Shop, shop, zip_of
from tests.speech.sounds import copy_of_model

NAME = DEFAULT_MODEL


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "somebody"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "somebody"))


@pytest.fixture
def places() -> Places:
    return user_places()


@pytest.fixture(scope="session")
def model(tmp_path_factory) -> Path:
    """A real model that does not count as the sample."""
    return copy_of_model(tmp_path_factory.mktemp("model") / NAME, sample_model())


@pytest.fixture(scope="session")
def archive(model, tmp_path_factory) -> Path:
    """Its zip, as the Vosk project packs them."""
    return zip_of(model, tmp_path_factory.mktemp("zip") / f"{NAME}.zip", NAME)


@pytest.fixture
def pinned(archive, monkeypatch) -> None:
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
def server(archive, pinned):
    with shop(archive.read_bytes()) as about:
        yield about


def fetch(places: Places, server: Shop, **options):
    return install(NAME, places, base_address=server.address, **options)


def nothing_installed(places: Places) -> bool:
    return choose_model(places) is None and not list(places.speech_models.glob(".unpack-*"))


def test_an_official_model_is_fetched_unpacked_and_used(places, server):
    seen: list[tuple[int, int]] = []
    made = fetch(places, server, on_progress=lambda done, total: seen.append((done, total)))
    assert made.path == places.speech_models / NAME
    assert choose_model(places).path == made.path
    assert made.missing() == []
    size = len(server.goods)
    fetching = [done for done, total in seen if total == size]
    assert fetching == sorted(fetching)
    assert fetching[-1] == size
    assert server.requests == [""]
    assert [path.name for path in (places.speech_models / ".downloads").iterdir()] == []


def test_installed_models_are_the_users_alone(places, server):
    made = fetch(places, server)
    assert stat.S_IMODE(places.speech_models.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in made.path.rglob("*") if path.is_file())


def test_cuts_are_resumed_where_they_happened(places, server):
    server.cut_after = [1000, 70_000, 1]
    fetch(places, server)
    assert server.requests == ["", "bytes=1000-", "bytes=71000-", "bytes=71001-"]


def test_a_download_goes_on_after_the_app_was_closed(places, server):
    class Closed(Exception):
        pass

    def close_app(done: int, total: int) -> None:
        if done:
            raise Closed

    model_install_chunk = model_install.CHUNK
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_install, "CHUNK", 50_000)
        with pytest.raises(Closed):
            fetch(places, server, on_progress=close_app)
    assert model_install_chunk == model_install.CHUNK
    assert nothing_installed(places)
    fetch(places, server)
    assert server.requests == ["", "bytes=50000-"]


def test_cancelling_keeps_what_came(places, server, monkeypatch):
    monkeypatch.setattr(model_install, "CHUNK", 50_000)
    asked: list[int] = []
    with pytest.raises(Problem, match="Stopped"):
        fetch(places, server, on_progress=lambda done, total: asked.append(done), cancelled=lambda: len(asked) > 2)
    assert nothing_installed(places)
    part = places.speech_models / ".downloads" / f"{NAME}.zip.part"
    assert part.stat().st_size >= 50_000
    fetch(places, server)
    assert choose_model(places) is not None


def test_a_server_without_ranges_starts_anew(places, server):
    server.ranges = False
    server.cut_after = [1000]
    fetch(places, server)
    assert server.requests == ["", "bytes=1000-"]
    assert choose_model(places) is not None


def test_a_part_larger_than_the_file_is_thrown_away(places, server):
    downloads = places.speech_models / ".downloads"
    downloads.mkdir(parents=True)
    (downloads / f"{NAME}.zip.part").write_bytes(bytes(len(server.goods) + 1))
    fetch(places, server)
    assert server.requests == [""]


def test_a_wrong_checksum_installs_nothing_and_forgets_the_part(places, server):
    server.corrupt = True
    with pytest.raises(Problem, match="checksum"):
        fetch(places, server)
    assert nothing_installed(places)
    server.corrupt = False
    fetch(places, server)
    assert server.requests == ["", ""]


def test_a_server_that_sends_too_much_is_not_believed(places, server):
    server.goods += b"more" * 100_000
    with pytest.raises(Problem, match="checksum"):
        fetch(places, server)
    assert nothing_installed(places)


@pytest.mark.parametrize("status", [403, 404, 500, 503])
def test_a_refusal_is_told_with_the_way_without_a_network(places, server, monkeypatch, status):
    monkeypatch.setattr(model_install, "ATTEMPTS", 2)
    server.status = status
    with pytest.raises(Missing, match=f"answered {status}") as caught:
        fetch(places, server)
    assert f"second-round model install {NAME}.zip" in caught.value.cure
    assert "another computer" in caught.value.cure
    assert len(server.requests) == (1 if status < 500 else 2)


def test_a_server_that_always_cuts_is_given_up(places, server, monkeypatch):
    monkeypatch.setattr(model_install, "ATTEMPTS", 3)
    server.cut_after = [0] * 50
    with pytest.raises(Missing, match="could not be fetched"):
        fetch(places, server)
    assert len(server.requests) == model_install.ATTEMPTS


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "http://no-such-host.invalid"])
def test_offline_says_how_to_bring_the_zip(places, pinned, monkeypatch, address):
    monkeypatch.setattr(model_install, "ATTEMPTS", 2)
    with pytest.raises(Missing, match="could not be fetched") as caught:
        install(NAME, places, base_address=address)
    assert "another computer" in caught.value.cure
    assert nothing_installed(places)


def test_a_zip_brought_along_is_installed(places, archive, pinned):
    made = install(str(archive), places)
    assert made.path == places.speech_models / NAME
    assert choose_model(places).path == made.path


def test_a_damaged_zip_of_an_official_model_is_refused_by_its_checksum(places, archive, pinned, tmp_path):
    damaged = tmp_path / f"{NAME}.zip"
    damaged.write_bytes(archive.read_bytes()[:-1] + b"x")
    with pytest.raises(Problem, match="checksum"):
        install(str(damaged), places)
    assert nothing_installed(places)


def test_a_folder_is_copied(places, model):
    made = install(str(model), places)
    assert made.path == places.speech_models / NAME
    assert made.missing() == []
    assert model.exists()


def test_installing_the_installed_folder_changes_nothing(places, model):
    made = install(str(model), places)
    again = install(str(made.path), places)
    assert again.path == made.path
    assert again.missing() == []


def test_a_folder_that_is_no_model_is_refused(places, tmp_path):
    with pytest.raises(Problem, match="not a whole speech model"):
        install(str(tmp_path), places)


def test_a_zip_with_the_files_at_its_top_is_named_after_itself(places, model, tmp_path):
    path = tmp_path / "my-model.zip"
    with zipfile.ZipFile(path, "w") as made:
        for file in model.rglob("*"):
            made.write(file, file.relative_to(model).as_posix())
    assert install(str(path), places).path == places.speech_models / "my-model"


def test_an_unknown_name_lists_the_known_ones(places):
    with pytest.raises(WrongUse, match=NAME):
        install("vosk-model-klingon", places)


def test_the_model_without_checksum_is_not_fetched(places):
    with pytest.raises(Missing, match=r"Download https://alphacephei\.com") as caught:
        install("vosk-model-en-us-0.22", places)
    assert "model install vosk-model-en-us-0.22.zip" in caught.value.cure


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
def test_names_that_lead_out_are_refused(places, tmp_path, name):
    path = write_zip(tmp_path / "a.zip", ("model/README", b"x"), (name, b"evil"))
    with pytest.raises(Problem, match="not safe"):
        install(str(path), places)
    assert nothing_installed(places)
    assert not any("evil" in file.name for file in tmp_path.rglob("*"))


def test_links_are_refused(places, tmp_path):
    path = write_zip(tmp_path / "a.zip", link("model/am", "/etc"), ("model/am/passwd", b"x"))
    with pytest.raises(Problem, match="not safe"):
        install(str(path), places)
    assert nothing_installed(places)


def test_a_bomb_is_refused_before_it_is_unpacked(places, tmp_path):
    path = write_zip(tmp_path / "a.zip", ("model/am/final.mdl", bytes(30_000_000)))
    assert path.stat().st_size < 100_000
    with pytest.raises(Problem, match="would unpack to"):
        install(str(path), places)
    assert nothing_installed(places)


def test_a_zip_that_lies_about_its_sizes_is_stopped(places, model, tmp_path):
    path = zip_of(model, tmp_path / "a.zip", "model")
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as opened:
        size = opened.getinfo("model/am/final.mdl").file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    with pytest.raises(Problem, match=r"is damaged|more than it says"):
        install(str(path), places)
    assert nothing_installed(places)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "not a zip"), (b"PK\3\4 but no more", "not a zip"), (b"<html>Sign in to the network</html>", "not a zip")],
)
def test_what_is_no_zip_is_told(places, tmp_path, content, says):
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    with pytest.raises(Problem, match=says):
        install(str(path), places)


def test_a_damaged_member_is_told(places, archive, tmp_path):
    path = tmp_path / "other.zip"
    raw = bytearray(archive.read_bytes())
    raw[len(raw) // 3] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(Problem, match="is damaged"):
        install(str(path), places)
    assert nothing_installed(places)


def test_a_zip_without_a_model_says_what_it_lacks(places, tmp_path):
    path = write_zip(tmp_path / "a.zip", ("model/am/final.mdl", b"x"), ("model/README", b"x"))
    with pytest.raises(Problem, match=r"no whole speech model: it lacks .*conf/"):
        install(str(path), places)
    assert nothing_installed(places)


def test_a_zip_with_two_models_asks_which(places, model, tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("one", "two"):
            for file in model.rglob("*"):
                made.write(file, f"{name}/{file.relative_to(model).as_posix()}")
    with pytest.raises(Problem, match="holds 2 models"):
        install(str(path), places)


def test_a_model_that_vosk_cannot_load_is_not_installed(places, model, tmp_path):
    broken = tmp_path / "vosk-model-small-en-broken"
    import shutil

    shutil.copytree(model, broken)
    (broken / "am/final.mdl").write_bytes(b"not a network")
    with pytest.raises(Problem, match="cannot be loaded"):
        install(str(broken), places)
    assert nothing_installed(places)


def test_a_failed_install_leaves_the_old_model_in_place(places, pinned, model, archive, tmp_path):
    install(str(archive), places)
    import shutil

    broken = tmp_path / NAME
    shutil.copytree(model, broken)
    (broken / "am/final.mdl").write_bytes(b"not a network")
    with pytest.raises(Problem):
        install(str(broken), places)
    assert choose_model(places).missing() == []
    assert (places.speech_models / NAME / "am/final.mdl").read_bytes() == (model / "am/final.mdl").read_bytes()


def test_installing_over_an_old_one_replaces_it_whole(places, model):
    made = install(str(model), places)
    (made.path / "left over").write_text("")
    again = install(str(model), places)
    assert not (again.path / "left over").exists()
    assert sorted(path.name for path in places.speech_models.iterdir()) == [".lock", NAME]


def test_what_a_killed_install_left_is_cleared_away(places, model):
    left = places.speech_models / ".unpack-left"
    left.mkdir(parents=True)
    (left / "file").write_text("")
    install(str(model), places)
    assert not left.exists()


def test_a_full_disk_is_told_before_anything_is_fetched(places, server, monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=1000)
    monkeypatch.setattr(model_archives.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Problem, match="only 1,000 bytes are free"):
        fetch(places, server)
    assert server.requests == []


@pytest.mark.parametrize(("needed", "free"), [(40_200_000, 40_100_000), (12_999_999, 12_000_000), (5_001, 5_000)])
def test_room_that_is_just_too_little_never_reads_as_enough(tmp_path, monkeypatch, needed, free):
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(model_archives.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(Problem) as told:
        model_archives.need_space(tmp_path, needed)
    wanted, there = re.findall(r"([\d,]+) (?:MB|bytes)", str(told.value))
    assert int(wanted.replace(",", "")) > int(there.replace(",", ""))


def test_a_file_where_the_folder_should_be_is_told(places, model):
    places.speech_models.parent.mkdir(parents=True)
    places.speech_models.write_text("")
    with pytest.raises(Problem, match="is a file"):
        install(str(model), places)


def _hold(home: str, held, release) -> None:
    os.environ["SIMULATOR_HOME"] = home
    with _alone(user_places()):
        held.set()
        release.wait(30)


def test_two_installs_at_once_do_not_meet(places, model, simulator_home):
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(str(simulator_home), held, release))
    other.start()
    try:
        assert held.wait(30)
        with pytest.raises(Problem, match="Another copy"):
            install(str(model), places)
    finally:
        release.set()
        other.join(30)
    install(str(model), places)


def test_installing_can_be_cancelled_while_copying(places, model):
    cancelled = threading.Event()

    def stop(done: int, total: int) -> None:
        cancelled.set()

    with pytest.raises(Problem, match="Stopped"):
        install(str(model), places, on_progress=stop, cancelled=cancelled.is_set)
    wait_until(lambda: nothing_installed(places))
