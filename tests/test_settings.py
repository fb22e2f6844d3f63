from __future__ import annotations

import getpass
from pathlib import Path

import pytest

from quotegrid.errors import ConfigError
from quotegrid.settings import Settings
from quotegrid.settings_reading import line_of, load_settings
from quotegrid.settings_values import DEFAULT_AMOUNTS, PACKAGED_MODEL, SpeakersProfile


def _load(folder: Path, text: str, encoding: str = "utf-8") -> Settings:
    path = folder / "quotegrid.toml"
    path.write_text(text, encoding=encoding)
    return load_settings(path)


def test_every_setting_is_read(tmp_path: Path) -> None:
    settings = _load(
        tmp_path,
        """\
[study]
name = "Trial"
coder = "Jo"
database = "trial.db"
codebook = "codes.yaml"

[import]
attributes = ["wave"]
pipeline = "en_core_web_sm"

[suggestions]
model = "hashing"
threshold = 0
per_segment = 5

[stakeholders]
"local authority" = ["LA", "council"]
school = []

[areas]
Westhay = ["Westhay council", "West Hay"]
"Port Wenlow" = []
""",
    )
    assert settings == Settings(
        name="Trial",
        coder="Jo",
        database="trial.db",
        codebook="codes.yaml",
        attributes=("wave",),
        stakeholders={"local authority": ("LA", "council"), "school": ()},
        areas={"Westhay": ("Westhay council", "West Hay"), "Port Wenlow": ()},
        model="hashing",
        pipeline="en_core_web_sm",
        threshold=0.0,
        per_segment=5,
    )


def test_words_for_amounts_are_read(tmp_path: Path) -> None:
    settings = _load(
        tmp_path,
        """\
[amounts]
smallest_base = 4
people = {school = "school leaders"}

[amounts.words]
few = [0, 0.3]
most = [0.3, 1]
""",
    )
    assert settings.smallest_base == 4
    assert settings.people == {"school": "school leaders"}
    assert dict(settings.amounts) == {"few": (0, 0.3), "most": (0.3, 1)}
    assert _load(tmp_path, "").amounts == DEFAULT_AMOUNTS


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{}", "must end at 1, not at 0"),
        ("{few = [0.1, 1]}", '"few" must begin at 0 and'),
        ("{few = [0, 0.5], most = [0.6, 1]}", '"most" must begin at 0.5 and'),
        ("{few = [0, 0.5], most = [0.4, 1]}", '"most" must begin at 0.5 and'),
        ("{few = [0, 0.5], most = [0.5, 0.5]}", '"most" must begin at 0.5 and end above'),
        ("{few = [0, 0.5], most = [0.5, 0.9]}", "must end at 1, not at 0.9"),
        ("{few = [0, 2]}", "must end at 1, not at 2"),
        ("{all = [0, 1]}", '"all" can be given no share'),
        ('{few = [0, 0.5], "Few" = [0.5, 1]}', '"Few" stands there twice'),
        ('{few = ["0", 1]}', '"few" needs two numbers'),
        ("{few = [0, nan]}", "must end at 1"),
        ("{few = 1}", '"few" needs two numbers'),
        ('["few"]', "it is no table"),
    ],
)
def test_words_that_are_no_scale_are_refused(tmp_path: Path, words: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, f"[amounts]\nwords = {words}\n")
    assert said in caught.value.what
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "line", ["smallest_base = 0", "smallest_base = true", 'people = "us"', "few = [0, 1]"]
)
def test_other_settings_of_amounts_are_checked(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError, match="cannot be used") as caught:
        _load(tmp_path, f"[amounts]\n{line}\n")
    assert caught.value.line == 2
    with pytest.raises(ConfigError, match="cannot be used"):
        _load(tmp_path, "amounts = 3\n")


def test_an_empty_file_gives_the_defaults(tmp_path: Path) -> None:
    settings = _load(tmp_path, "")
    assert settings == Settings()
    assert settings.model == PACKAGED_MODEL
    assert settings.per_segment == 3


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    assert _load(tmp_path, '[study]\nname = "Café"\n', encoding="utf-8-sig").name == "Café"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[study]\nname = "A"\ncolour = "red"\n', 3, '"colour" is not a setting of [study].'),
        ("[study]\n\n[studdy]\n", 3, '"studdy" is not a section of quotegrid.toml.'),
        ('name = "A"\n', 1, '"name" is not a section of quotegrid.toml.'),
        ("[study]\nname = 3\n", 2, '"name" must be text in quotation marks.'),
        ("[suggestions]\nthreshold = 1.5\n", 2, '"threshold" must be a number from 0 to 1.'),
        ("[suggestions]\nthreshold = true\n", 2, '"threshold" must be a number from 0 to 1.'),
        ("[suggestions]\nper_segment = 0\n", 2, '"per_segment" must be a whole number from 1 to 20.'),
        ("[suggestions]\nper_segment = 2.5\n", 2, '"per_segment" must be a whole number from 1 to 20.'),
        ('[import]\nattributes = "wave"\n', 2, '"attributes" must be a list of words in quotation marks.'),
        ('[stakeholders]\nschool = "head"\n', 2, 'the group "school" must have a list of roles.'),
        ('[areas]\nEast = []\nWest = "W"\n', 3, 'the area "West" must have a list of other spellings.'),
        ('[areas]\nEast = ["E"]\nWest = ["e"]\n', 3, '"e" is a spelling of "East" and of "West".'),
        ('areas = ["West"]\n', 1, "[areas] must be a table of areas."),
        (
            '[study]\ndatabase = "postgresql://x/y"\n',
            2,
            "the database must be a file in the study's folder or a PostgreSQL database.",
        ),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text)
    assert (caught.value.what, caught.value.line) == (what, line)
    assert caught.value.file == str(tmp_path / "quotegrid.toml")


SAYS_FILES = "[speakers] must say of which files it speaks."


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ('[study]\n[speakers]\npattern = "{speaker}:"\n', 3, SAYS_FILES),
        ("speakers = 3\n", 1, SAYS_FILES),
        ('[speakers.""]\npattern = "{speaker}:"\n', 1, SAYS_FILES),
        ('[speakers."a.docx"]\n\npattern = 3\n', 3, '"pattern" of [speakers."a.docx"] cannot be used.'),
        ('[speakers."a"]\npattern = ""\n', 2, '"pattern" of [speakers."a"] cannot be used.'),
        ('[speakers."a"]\ninterviewers = "Jo"\n', 2, '"interviewers" of [speakers."a"] cannot be used.'),
        (
            '[speakers."a"]\npattern = "NAME:"\n[speakers."b"]\npatern = "NAME:"\n',
            4,
            '"patern" of [speakers."b"] cannot be used.',
        ),
        ('[study]\n[speakers."a.docx"]\n', 2, '[speakers."a.docx"] says nothing.'),
        ('[speakers]\n"a" = {pattern = 1}\n', 2, '"pattern" of [speakers."a"] cannot be used.'),
    ],
)
def test_a_profile_of_speakers_that_cannot_be_used_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        _load(tmp_path, text)
    assert (caught.value.what, caught.value.line) == (what, line)
    assert caught.value.todo


def test_profiles_of_speakers_are_read_in_order_with_their_lines(tmp_path: Path) -> None:
    text = (
        '[speakers."teams/*.docx"]\ninterviewers = ["Jo Field", "Sam Reed"]\n'
        'pattern = "{speaker}  {time}"\n\n'
        '[speakers."a.txt"]\ninterviewers = ["Jo"]\n\n[speakers."*.md"]\npattern = "NAME:"\n'
    )
    found = _load(tmp_path, text).speakers
    assert found == (
        SpeakersProfile("teams/*.docx", "{speaker}  {time}", ("Jo Field", "Sam Reed")),
        SpeakersProfile("a.txt", None, ("Jo",)),
        SpeakersProfile("*.md", "NAME:", ()),
    )
    assert [profile.line for profile in found] == [3, 5, 9]


def test_broken_toml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 2: this is not valid TOML"):
        _load(tmp_path, "[study]\nname = Trial\n")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="this is not UTF-8 text"):
        _load(tmp_path, '[study]\nname = "Café"\n', encoding="cp1252")


def test_the_coder_is_the_variable_then_the_setting_then_the_login(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTEGRID_CODER", " Ada ")
    assert Settings(coder="Jo").coder_name() == "Ada"
    monkeypatch.setenv("QUOTEGRID_CODER", " ")
    assert Settings(coder="Jo").coder_name() == "Jo"
    assert Settings().coder_name() == getpass.getuser()


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("study",), 2),
        (("study", "name"), 4),
        (("study", "coder"), 2),
        (("queries", "name"), 7),
        (("queries", "a = b"), 8),
        (("tables", "a.b", "text"), 11),
        (("tables", "a.b", "case"), 10),
        (("tables",), 10),
        (("areas", "East", "0"), 13),
        (("amounts",), None),
    ],
)
def test_the_line_of_a_value_is_found_in_its_own_section(keys: tuple[str, ...], line: int | None) -> None:
    text = """\
# name = 1
[study]
# name = 2
name = "A"

[queries] # named
name = "group:x"
"a = b" = "group:y"

[ tables."a.b" ]
"text" = ["A"]
[areas]
East = [
    ["name"],
]
"""
    assert line_of(text, keys) == line


@pytest.mark.parametrize("section", ["stakeholders", "import", 'tables."a b.csv"'])
def test_a_second_table_says_where_the_first_stands(tmp_path: Path, section: str) -> None:
    config = tmp_path / "quotegrid.toml"
    config.write_text(f'[study]\nname = "T"\n\n[{section}]\n\n[bands]\n[{section}]\n', encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_settings(config)
    assert refused.value.line == 7
    assert refused.value.what == f"[{section}] stands in this file already, in line 4."
