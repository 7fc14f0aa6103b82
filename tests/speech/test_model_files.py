"""Speech models are found where people keep them, and only whole ones are used."""

import shutil
from pathlib import Path

import pytest

from simulator.errors import MissingPart, UserError
from simulator.paths import AppPaths, user_paths
from simulator.speech.model_files import (
    DEFAULT_MODEL,
    ModelFolder,
    Origin,
    choose_model,
    find_models,
    official_models,
    sample_model,
    wanted_model,
)
from tests.speech.sounds import copy_of_model


def found(paths: AppPaths, wanted: str = "", language: str = "en") -> ModelFolder:
    model = choose_model(paths, wanted, language)
    assert model is not None
    return model


@pytest.fixture
def paths() -> AppPaths:
    return user_paths()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Models that the developer keeps at home are no business of these tests."""
    home = tmp_path / "somebody"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    return home


def model_at(folder: Path) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    return copy_of_model(folder, sample_model())


def test_the_shipped_sample_model_is_whole_and_small() -> None:
    assert sample_model().missing() == []
    assert sample_model().bytes_on_disk < 1_000_000
    assert sample_model().is_sample


def test_a_copy_of_the_sample_is_still_the_sample(tmp_path: Path) -> None:
    shutil.copytree(sample_model().path, tmp_path / "vosk-model-en-us-0.22")
    model = ModelFolder(tmp_path / "vosk-model-en-us-0.22", Origin.CHOSEN)
    assert model.is_sample
    assert model.name == "sample"


def test_without_any_model_only_the_sample_is_found_and_none_chosen(paths: AppPaths) -> None:
    assert [model.origin for model in find_models(paths)] == [Origin.SAMPLE]
    assert choose_model(paths) is None
    with pytest.raises(MissingPart, match="model install"):
        wanted_model("", paths)


def test_a_sample_installed_by_hand_is_not_chosen_either(paths: AppPaths) -> None:
    paths.speech_models.mkdir(parents=True)
    shutil.copytree(sample_model().path, paths.speech_models / "vosk-model-small-en-us-0.15")
    assert choose_model(paths) is None


def test_models_are_found_where_vosks_users_keep_them(paths: AppPaths, own_home: Path) -> None:
    model_at(own_home / ".cache/vosk/vosk-model-small-en-us-0.15")
    found = choose_model(paths)
    assert found is not None
    assert (found.name, found.origin) == ("vosk-model-small-en-us-0.15", Origin.VOSK_CACHE)


@pytest.mark.parametrize("inside", [True, False], ids=["folder of models", "the model itself"])
def test_vosk_model_path_is_honoured_in_both_readings(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    path = model_at(tmp_path / "elsewhere" / "vosk-model-small-en-us-0.15")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(path.parent if inside else path))
    found = choose_model(paths)
    assert found is not None
    assert (found.path, found.origin) == (path, Origin.VOSK_MODEL_PATH)


def test_the_sample_is_used_where_it_is_named(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOSK_MODEL_PATH", str(sample_model().path))
    found = choose_model(paths)
    assert found is not None
    assert found.is_sample


def test_what_the_user_chose_comes_first_by_path_or_name(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model_at(paths.speech_models / "vosk-model-small-en-us-0.15")
    model_at(paths.speech_models / "vosk-model-en-us-0.22-lgraph")
    chosen = model_at(tmp_path / "my-model")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(paths.speech_models / "vosk-model-small-en-us-0.15"))
    assert found(paths, str(chosen)).path == chosen
    assert found(paths, "vosk-model-en-us-0.22-lgraph").name == "vosk-model-en-us-0.22-lgraph"
    assert found(paths).name == "vosk-model-small-en-us-0.15"


def test_the_more_exact_of_the_installed_ones_is_used(paths: AppPaths) -> None:
    model_at(paths.speech_models / "vosk-model-small-en-us-0.15")
    model_at(paths.speech_models / "vosk-model-en-us-0.22-lgraph")
    assert found(paths).name == "vosk-model-en-us-0.22-lgraph"


def test_a_model_of_another_language_is_not_taken_for_english(paths: AppPaths) -> None:
    model_at(paths.speech_models / "vosk-model-small-de-0.15")
    assert choose_model(paths) is None
    assert found(paths, language="de").language == "de"
    assert found(paths, "vosk-model-small-de-0.15").language == "de"


@pytest.mark.parametrize(
    "part", ["am/final.mdl", "conf/model.conf", "graph/words.txt", "graph/phones/word_boundary.int"]
)
@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_model_that_is_not_whole_is_listed_with_what_it_lacks_and_never_used(
    paths: AppPaths, part: str, how: str
) -> None:
    path = model_at(paths.speech_models / "vosk-model-small-en-us-0.15")
    (path / part).unlink()
    if how == "empty":
        (path / part).touch()
    assert choose_model(paths) is None
    broken = find_models(paths)[0]
    assert broken.missing() == [part]
    with pytest.raises(UserError, match=part):
        wanted_model(str(path), paths)


def test_both_kinds_of_graph_are_whole(tmp_path: Path) -> None:
    path = model_at(tmp_path / "model")
    (path / "graph/HCLG.fst").rename(path / "graph/HCLr.fst")
    assert ModelFolder(path, Origin.CHOSEN).missing() == ["graph/Gr.fst"]
    (path / "graph/Gr.fst").write_bytes(b"x")
    assert ModelFolder(path, Origin.CHOSEN).missing() == []


def test_the_flat_layout_of_older_models_is_known(tmp_path: Path) -> None:
    for name in ("final.mdl", "mfcc.conf", "HCLG.fst", "words.txt", "word_boundary.int"):
        (tmp_path / name).write_text("x")
    assert ModelFolder(tmp_path, Origin.CHOSEN).missing() == []


def test_a_left_over_zip_or_empty_folder_is_not_a_model(paths: AppPaths, own_home: Path) -> None:
    cache = own_home / ".cache/vosk"
    cache.mkdir(parents=True)
    (cache / "vosk-model-small-en-us-0.15.zip").write_bytes(b"PK")
    (cache / "vosk-model-small-en-us-0.15").mkdir()
    assert choose_model(paths) is None


def test_the_same_folder_is_listed_once(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    path = model_at(paths.speech_models / "vosk-model-small-en-us-0.15")
    monkeypatch.setenv("VOSK_MODEL_PATH", str(path))
    assert [model.path for model in find_models(paths, str(path))].count(path) == 1


def test_a_name_that_is_nowhere_is_told(paths: AppPaths) -> None:
    with pytest.raises(MissingPart, match="no speech model nowhere"):
        wanted_model("nowhere", paths)
    assert wanted_model("sample", paths).is_sample


def test_the_official_list_is_complete_and_pinned() -> None:
    models = {model.name: model for model in official_models()}
    assert DEFAULT_MODEL in models
    for model in models.values():
        assert model.url == f"https://alphacephei.com/vosk/models/{model.name}.zip"
        if model.pinned:
            assert len(bytes.fromhex(model.sha256)) == 32
            assert model.unpacked > model.size > 1_000_000
    assert not models["vosk-model-en-us-0.22"].pinned


def test_the_sample_chosen_in_the_settings_is_used_and_listed_once(paths: AppPaths, tmp_path: Path) -> None:
    chosen = choose_model(paths, "sample")
    assert chosen is not None
    assert chosen.is_sample
    copy = paths.speech_models / "my-sample"
    shutil.copytree(sample_model().path, copy)
    assert sum(model.is_sample for model in find_models(paths, str(copy))) == 1
