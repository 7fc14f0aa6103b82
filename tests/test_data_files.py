"""Data files: every error with its place and all at once; no file is a trap."""

from pathlib import Path

import pytest

from simulator.data_files import MOST_FINDINGS, BrokenFile, Checker, Field, Record, begun, parse_yaml, read_text
from simulator.errors import UserError
from simulator.paths import shipped
from simulator.yaml_nodes import MOST_BYTES, MOST_DEPTH, Entries

FIELDS = (
    Field("name", required=True, longest=20),
    Field("kind", choices=("red", "green")),
    Field("size", "number", least=1, most=9),
    Field("weight", "decimal", least=0, most=1),
    Field("ready", "switch"),
    Field("tags", "words"),
    Field("notes", "mapping", choices=("one", "two")),
    Field("part", "record", fields=(Field("id", required=True),)),
    Field("items", "records", fields=(Field("id", required=True),)),
)
HERE = Path("file.yaml")


def record_of(text: str) -> Record:
    checker = Checker(HERE)
    record = checker.record(parse_yaml(text, HERE), FIELDS, "a thing")
    checker.finish()
    return record


def findings_of(text: str) -> list[str]:
    with pytest.raises(BrokenFile) as caught:
        record_of(text)
    return [str(finding) for finding in caught.value.findings]


def test_what_was_typed_stays_what_was_typed() -> None:
    values = record_of(
        "name: no\nkind: red\ntags: [1e3, 12:30, 0o17, true, 2026-01-01]\nnotes: {one: ~x, two: 'null'}"
    ).values
    assert values == {
        "name": "no",
        "kind": "red",
        "tags": ("1e3", "12:30", "0o17", "true", "2026-01-01"),
        "notes": {"one": "~x", "two": "null"},
    }


def test_numbers_and_switches_are_read_by_their_fields() -> None:
    values = record_of("name: x\nsize: '7'\nweight: .5\nready: No").values
    assert (values["size"], values["weight"], values["ready"]) == (7, 0.5, False)


@pytest.mark.parametrize("number", ["1e3", "7.0", "٧", "1_0", "0x7", "seven", "", "[7]", "nan", "9" * 5000])
def test_only_digits_are_a_whole_number(number: str) -> None:
    assert findings_of(f"name: x\nsize: {number}")[0].startswith("file.yaml:2:")


def test_all_errors_come_at_once_each_with_its_place_and_what_to_write() -> None:
    found = findings_of(
        "nmae: x\nkind: gren\nsize: 12\nready: maybe\ntags: one\nnotes: {three: x}\n"
        "part: {}\nitems:\n  - idd: 1\n  - [a]\n"
    )
    assert found == [
        "file.yaml:1:1: 'nmae' is not a key of a thing. Did you mean 'name'?",
        "file.yaml:1:1: a thing has no 'name'. Add 'name:'.",
        "file.yaml:2:7: 'gren' is not a kind that is known. Did you mean 'green'?",
        "file.yaml:3:7: 'size' cannot be 12. Write a number from 1 to 9.",
        "file.yaml:4:8: 'ready' is a switch. Write yes or no.",
        "file.yaml:5:7: 'tags' should be a list. Write [one, two].",
        "file.yaml:6:9: 'three' is not a key of 'notes'. There is one, two.",
        "file.yaml:7:7: 'part' has no 'id'. Add 'id:'.",
        "file.yaml:9:5: 'idd' is not a key of an item. Did you mean 'id'?",
        "file.yaml:9:5: an item has no 'id'. Add 'id:'.",
        "file.yaml:10:5: an item should be a mapping of keys to values. Begin with 'id:'.",
    ]


def test_a_key_given_twice_is_told_at_its_second_place() -> None:
    assert findings_of("name: x\nkind: red\nname: y\n") == [
        "file.yaml:3:1: 'name' stands here a second time. Keep one of the two."
    ]


def test_merged_in_keys_are_told_by_name() -> None:
    assert "cannot be merged" in findings_of("name: x\npart: &p {id: a}\n<<: *p")[0]


@pytest.mark.parametrize(
    ("value", "says"),
    [('""', "is empty"), ("~", "is empty"), ("null", "is empty"), ("''", "is empty"), ("' \t '", "is empty"),
     ('"a\\e[31mb"', "invisible character U+001B"), ('"a\\u202eb"', "invisible character U+202E"),
     ("x" * 21, "21 characters"), ("{a: b}", "should be a text")],
)  # fmt: skip
def test_texts_that_will_not_do(value: str, says: str) -> None:
    (found,) = findings_of(f"name: {value}")
    assert found.startswith("file.yaml:1:7:")
    assert says in found


def test_a_message_never_steers_the_terminal() -> None:
    (found, *_) = findings_of('name: x\n"\\e[2Jevil": 1')
    assert "\x1b" not in found


def test_joined_emoji_are_text() -> None:
    assert record_of("name: 👩‍💻 works").get("name") == "👩‍💻 works"


def test_positions_count_characters_not_bytes() -> None:
    assert findings_of("name: x\ntags: [ä, 😀, {}]") == [
        "file.yaml:2:14: 'tags' should be a text. Write one text, in quotes if it has a colon."
    ]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "empty"),
        ("# nothing\n", 1, "empty"),
        ("name: x\n---\nname: y", 2, "second document"),
        ("name: *who", 1, "'who'"),
        ("name: x\n\tkind: red", 2, "not with tabs"),
        ("name: one: two", 1, "in quotes"),
        ("name: x\nkind: \x07red", 2, "does not allow"),
        ("name: 'x\n\n", 3, "YAML"),
        ("%YAML 9.9\n---\nname: x", 1, "YAML"),
        ('name: "\\ud800"', 1, "YAML"),
    ],
)
def test_text_that_is_no_yaml_is_told_with_its_line(text: str, line: int, says: str) -> None:
    with pytest.raises(BrokenFile) as caught:
        parse_yaml(text, HERE)
    assert caught.value.findings[0].line == line
    assert says in str(caught.value)


def test_tags_are_not_obeyed() -> None:
    assert record_of("name: !!python/name:os.system x").get("name") == "x"
    assert record_of("name: !!int x").get("name") == "x"


def test_aliases_repeat_what_was_written() -> None:
    assert record_of("name: &n ann\ntags: [*n]").get("tags") == ("ann",)


def test_a_billion_laughs_are_stopped_with_a_place() -> None:
    levels = ["a: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"b{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(BrokenFile, match=r"file\.yaml:\d+:\d+: aliases blow this file up"):
        parse_yaml("\n".join(levels), HERE)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_stopped_with_a_place(opening: str) -> None:
    with pytest.raises(BrokenFile, match="nested too deeply"):
        parse_yaml(opening * 100_000, HERE)
    assert MOST_DEPTH < 100


def test_a_flood_of_errors_ends() -> None:
    flood = "name: x\npart: &p {" + ", ".join(f"k{n}: 1" for n in range(40)) + "}\nitems:\n" + "  - *p\n" * 20_000
    found = findings_of(flood)
    assert len(found) == MOST_FINDINGS + 1
    assert any("may be more" in each for each in found)


@pytest.mark.parametrize(
    ("raw", "place", "says"),
    [
        ("name: x".encode("utf-16"), "1:1", "UTF-16"),
        ("name: x".encode("utf-16-le"), "1:1", "UTF-16"),
        ("name: x".encode("utf-16-be"), "1:1", "UTF-16"),
        ("name: ok\nkind: är".encode("latin-1"), "2:7", "not UTF-8"),
        ("ä: x\nä".encode() + b"\xff", "2:2", "not UTF-8"),
    ],
)
def test_other_encodings_are_told_with_the_first_byte_that_is_wrong(
    tmp_path: Path, raw: bytes, place: str, says: str
) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(raw)
    with pytest.raises(BrokenFile, match=says) as caught:
        read_text(path)
    assert str(caught.value).startswith(f"{path}:{place}:")


def test_a_byte_order_mark_and_dos_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_bytes(b"\xef\xbb\xbfname: x\r\nkind: red\r\n")
    node = parse_yaml(read_text(path), path)
    assert isinstance(node, Entries)
    assert [key.value for key, _ in node.pairs] == ["name", "kind"]


@pytest.mark.parametrize(
    ("name", "says"), [("folder", "folder"), ("nothing.yaml", "cannot be read"), ("big.yaml", "MB")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "folder").mkdir()
    with (tmp_path / "big.yaml").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(BrokenFile, match=says):
        read_text(tmp_path / name)


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.yaml").symlink_to(tmp_path / "loop.yaml")
    with pytest.raises(BrokenFile, match="link that leads nowhere"):
        read_text(tmp_path / "loop.yaml")


def test_ten_megabytes_in_one_line_are_read_and_told(tmp_path: Path) -> None:
    assert findings_of("name: " + "x" * 10_000_000) == [
        "file.yaml:1:7: 'name' has 10000000 characters. At most 20 fit here."
    ]


@pytest.mark.parametrize("path", sorted(shipped("assets").rglob("*.yaml")), ids=lambda path: path.stem)
def test_no_key_of_a_shipped_file_stands_there_twice(path: Path) -> None:
    import yaml

    def doubled(node: yaml.Node | None) -> list[str]:
        if isinstance(node, yaml.MappingNode):
            keys = [str(key.value) for key, _ in node.value]
            within = [each for _, value in node.value for each in doubled(value)]
            return [*(key for key in set(keys) if keys.count(key) > 1), *within]
        if isinstance(node, yaml.SequenceNode):
            return [each for value in node.value for each in doubled(value)]
        return []

    with path.open(encoding="utf-8") as file:
        assert doubled(yaml.compose(file, Loader=yaml.CSafeLoader)) == []


def test_an_id_may_be_given_by_its_beginning_where_only_one_begins_so() -> None:
    ids = ["ward", "ward-manager", "weaver"]
    assert [begun(each, ids, "people") for each in ("ward", "ward-", "we", "x", "")] == [
        "ward", "ward-manager", "weaver", None, None,
    ]  # fmt: skip
    with pytest.raises(UserError, match="Several people begin with 'w'"):
        begun("w", ids, "people")
