"""Settings: what is kept, what a broken file does, what the schema promises to the command and the screen."""

import os
import stat
import sys
import tomllib
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import UserError, WrongUse
from simulator.paths import AppPaths, user_paths
from simulator.services import Services
from simulator.settings import SCHEMA, Settings, SettingSpec, load_settings, save_settings, spec_of, with_value


@pytest.fixture
def paths() -> AppPaths:
    return user_paths()


def write(paths: AppPaths, text: str) -> Path:
    paths.config.mkdir(parents=True, exist_ok=True)
    paths.settings_file.write_text(text, encoding="utf-8")
    return paths.settings_file


def loaded(paths: AppPaths) -> tuple[Settings, list[str]]:
    told: list[str] = []
    return load_settings(paths, told.append), told


def test_without_a_file_the_defaults_hold_and_nothing_is_made(paths: AppPaths) -> None:
    assert loaded(paths) == (Settings(), [])
    assert not paths.config.exists()


def test_what_is_saved_is_read_back(paths: AppPaths) -> None:
    wanted = replace(
        Settings(), candidate_name='Zoë "Q" O\'Hara', think_seconds=0, interviewers=("a", "b"), probes=False
    )
    save_settings(wanted, paths)
    assert loaded(paths) == (wanted, [])


def values(spec: SettingSpec) -> st.SearchStrategy[object]:
    match spec.kind:
        case "switch":
            return st.booleans()
        case "number":
            return st.integers(spec.least, spec.most)
        case "choice":
            return st.sampled_from(spec.choices)
        case "list":
            return st.lists(st.text(max_size=20), max_size=spec.most or 5).map(tuple)
        case _:
            return st.text(max_size=40).filter(lambda text: "\n" not in text)


@given(st.fixed_dictionaries({name: values(spec) for name, spec in SCHEMA.items()}))
def test_any_settings_survive_saving(tmp_path_factory: pytest.TempPathFactory, chosen: dict[str, Any]) -> None:
    root = tmp_path_factory.mktemp("any")
    paths = AppPaths(root, root, root)
    settings = Settings(**chosen)
    save_settings(settings, paths)
    assert loaded(paths) == (settings, [])


def test_only_what_differs_from_the_defaults_is_written(paths: AppPaths) -> None:
    save_settings(replace(Settings(), theme="light"), paths)
    lines = [line for line in paths.settings_file.read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ['theme = "light"']


def test_a_value_can_be_set_back_to_its_default(paths: AppPaths) -> None:
    save_settings(replace(Settings(), theme="light"), paths)
    save_settings(Settings(), paths)
    assert loaded(paths)[0].theme == "auto"


def test_keys_of_other_versions_are_kept(paths: AppPaths) -> None:
    file = write(paths, "shoe_size = 42\n[later]\ndeep = [1, 2]\n")
    save_settings(replace(Settings(), questions=3), paths)
    text = file.read_text()
    assert "shoe_size = 42" in text
    assert "[later]" in text
    assert loaded(paths)[0].questions == 3


def test_a_misspelt_key_is_told_with_the_nearest_one(paths: AppPaths) -> None:
    write(paths, "think_secconds = 10\n")
    settings, told = loaded(paths)
    assert settings == Settings()
    assert len(told) == 1
    assert "think_secconds" in told[0]
    assert "'think_seconds'" in told[0]


@pytest.mark.parametrize(
    "line",
    ["think_seconds = 'ten'", "think_seconds = 1000", "think_seconds = true", "mode = 'fast'", "probes = 1",
     "interviewers = 'a'", "interviewers = ['a', 'b', 'c', 'd']", "candidate_name = ['x']"],
)  # fmt: skip
def test_a_wrong_value_is_told_the_rest_holds_and_the_file_stays(paths: AppPaths, line: str) -> None:
    file = write(paths, f"{line}\ntheme = 'dark'\n")
    settings, told = loaded(paths)
    assert settings == replace(Settings(), theme="dark")
    assert len(told) == 1
    assert str(file) in told[0]
    assert line.split()[0] in told[0]
    save_settings(replace(settings, questions=2), paths)
    kept, wrong = tomllib.loads(file.read_text()), tomllib.loads(line)
    assert kept == wrong | {"theme": "dark", "questions": 2}, "a wrong value was overwritten"


BROKEN = [
    b"theme = \n", b"\xff\xfe\x00", b"a = 1\na = 2\n", b"{}", b"questions = " + b"9" * 4301,
    b"other = 0x" + b"f" * 9000, b"a = " + b"[" * 500, b"#" * 1_000_001,
]  # fmt: skip


@pytest.mark.parametrize("content", BROKEN)
def test_a_broken_file_is_set_aside_whole_and_told(paths: AppPaths, content: bytes) -> None:
    paths.config.mkdir(parents=True)
    paths.settings_file.write_bytes(content)
    settings, told = loaded(paths)
    assert settings == Settings()
    aside = [file for file in paths.config.iterdir() if "broken" in file.name]
    assert [file.read_bytes() for file in aside] == [content]
    assert aside[0].name in told[0]
    assert "sys." not in told[0]
    assert not paths.settings_file.exists()


def test_saving_over_a_file_that_broke_meanwhile_keeps_it_aside(paths: AppPaths) -> None:
    write(paths, "theme = 'dark'\n")
    settings, _ = loaded(paths)
    write(paths, "theme = 'dark\n")
    save_settings(replace(settings, questions=4), paths)
    assert loaded(paths)[0].questions == 4
    assert any("broken" in file.name for file in paths.config.iterdir())


def test_two_broken_files_in_one_second_are_both_kept(paths: AppPaths) -> None:
    for content in ("a = ", "b = "):
        write(paths, content)
        loaded(paths)
    kept = sorted(file.read_text() for file in paths.config.iterdir() if "broken" in file.name)
    assert kept == ["a = ", "b = "]


def test_a_file_with_a_byte_order_mark_is_read(paths: AppPaths) -> None:
    write(paths, "\ufefftheme = 'dark'\n")
    assert loaded(paths) == (replace(Settings(), theme="dark"), [])


@pytest.mark.skipif(os.name == "nt", reason="file modes are a matter of POSIX")
def test_the_file_is_the_users_alone(paths: AppPaths) -> None:
    save_settings(replace(Settings(), candidate_name="A"), paths)
    assert stat.S_IMODE(paths.settings_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(paths.config.stat().st_mode) == 0o700


def test_a_linked_settings_file_stays_a_link(paths: AppPaths, tmp_path: Path) -> None:
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir(mode=0o755)
    dotfiles.chmod(0o755)
    real = dotfiles / "settings.toml"
    real.write_text("theme = 'dark'\n")
    paths.config.mkdir(parents=True)
    paths.settings_file.symlink_to(real)
    save_settings(replace(Settings(), theme="dark", questions=9), paths)
    assert paths.settings_file.is_symlink()
    assert "questions = 9" in real.read_text()
    assert stat.S_IMODE(dotfiles.stat().st_mode) == 0o755, "a folder that is not ours was changed"


def test_a_failed_write_leaves_the_old_settings(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(replace(Settings(), theme="dark"), paths)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="No space left"):
        save_settings(replace(Settings(), theme="light"), paths)
    assert loaded(paths)[0].theme == "dark"
    assert [file.name for file in paths.config.iterdir()] == ["settings.toml"], "a temporary file was left behind"


def test_a_file_in_place_of_the_folder_is_a_sentence(simulator_home: Path) -> None:
    simulator_home.write_text("")
    assert loaded(user_paths()) == (Settings(), [])
    with pytest.raises(UserError, match="is a file, but a folder is needed"):
        save_settings(replace(Settings(), theme="dark"), user_paths())


def a_folder(path: Path) -> None:
    path.mkdir()


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices as POSIX has them")
@pytest.mark.parametrize("make", [a_folder, os.mkfifo if hasattr(os, "mkfifo") else a_folder, a_device])
def test_what_is_no_file_is_set_aside_and_the_defaults_hold(paths: AppPaths, make: Callable[[Path], None]) -> None:
    paths.config.mkdir(parents=True)
    make(paths.settings_file)
    settings, told = loaded(paths)
    assert settings == Settings()
    assert "no plain file" in told[0]
    assert loaded(paths) == (Settings(), [])


@pytest.mark.parametrize("folder", ["~nosuchuser/banks", "a\x00b", "/dev/null/banks", "long" * 100])
def test_a_folder_that_cannot_be_keeps_nobody_from_practising(paths: AppPaths, folder: str) -> None:
    settings = replace(Settings(), bank_folders=(folder,), speech_model=folder)
    services = Services(paths, settings)
    assert services.library.bank("first-round-general").questions
    assert services.sound.listener.model_status()
    services.close()


def test_a_home_of_nobody_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMULATOR_HOME", "~nosuchuser/home")
    with pytest.raises(UserError, match="no such user"):
        user_paths()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("think_seconds", "45", 45),
        ("think-seconds", "45 seconds", 45),
        ("voice_speed", "120%", 120),
        ("probes", "off", False),
        ("probes", "Yes", True),
        ("mode", "Realistic", "realistic"),
        ("interviewers", "a, b ,", ("a", "b")),
        ("interviewers", "", ()),
        ("candidate_name", "  Ana María ", "Ana María"),
    ],
)
def test_typed_words_become_values(name: str, text: str, value: object) -> None:
    assert getattr(with_value(Settings(), name, text), name.replace("-", "_")) == value


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("think_seconds", "soon", "from 0 to 300"),
        ("think_seconds", "-1", "from 0 to 300"),
        ("think_seconds", "3.5", "from 0 to 300"),
        ("probes", "maybe", "on or off"),
        ("mode", "", "coach, realistic, drill"),
        ("interviewers", "a,b,c,d", "up to 3"),
        ("candidate_name", "a\nb", "one line"),
        ("moed", "coach", "'mode'"),
        ("zzzz", "1", "settings show"),
    ],
)
def test_words_that_do_not_fit_are_told_what_would(name: str, text: str, said: str) -> None:
    with pytest.raises(WrongUse) as raised:
        with_value(Settings(), name, text)
    assert said in str(raised.value)


@pytest.mark.parametrize("spec", SCHEMA.values(), ids=SCHEMA)
def test_every_setting_has_its_words_and_a_default_that_fits(spec: SettingSpec) -> None:
    assert spec.label
    assert spec.help.endswith(".")
    assert spec.section
    assert spec.check(spec.default) == spec.default
    assert spec.parse(spec.as_text(spec.default)) == spec.default
    assert spec.kind != "number" or (spec.least is not None and spec.most is not None)


def test_the_schema_holds_every_field_in_order() -> None:
    assert list(SCHEMA) == [each.name for each in fields(Settings)]
    assert spec_of("Think-Seconds") is SCHEMA["think_seconds"]
