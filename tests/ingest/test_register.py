from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.bodies import COMMITTEE, COUNCIL, DIRECTOR, GOVERNMENT, PARLIAMENT, UNIT, default_rank
from ingest.errors import Problem, RegisterError, UnreadableFile
from ingest.plans import (
    Body,
    Municipality,
    Plan,
    PlanLevel,
    PlanLink,
    PlanVersion,
    Register,
    RevisionDue,
    Status,
)
from ingest.register import DEFAULT_LEVELS, read_register
from ingest.register_checks import cycles
from ingest.register_text import register_text

HEAD = "municipality: {id: testby, name: Testby kommune, languages: [nb]}\n"
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a register beside files a.md to d.md; without a head of its own it gets one."""

    def write_register(text: str | bytes, *, head: str = HEAD, name: str = "plans.yaml") -> Path:
        for file in ("a.md", "b.md", "c.md", "d.md"):
            (tmp_path / file).write_text("# Plan", encoding="utf-8")
        raw = text if isinstance(text, bytes) else (head + text).encode()
        (tmp_path / name).write_bytes(raw)
        return tmp_path

    return write_register


def plans(*entries: str) -> str:
    return "plans:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def plan(more: str = "", plan_id: str = "A", file: str = "a.md") -> str:
    entry = f"id: {plan_id}, file: {file}, title: Plan {plan_id}, level: 3"
    return f"{entry}, {more}" if more else entry


def sound(folder: Path) -> Register:
    register = read_register(folder)
    assert register is not None
    return register


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(RegisterError) as raised:
        read_register(folder)
    return raised.value.problems


def only_problem(folder: Path) -> Problem:
    (problem,) = problems(folder)
    return problem


# --- what is read -------------------------------------------------------------------------


def test_folder_without_a_register_has_none(tmp_path: Path) -> None:
    assert read_register(tmp_path) is None


def test_register_may_end_in_yml(write: Write) -> None:
    register = sound(write(plans(plan()), name="plans.yml"))

    assert register.plan("A").title == "Plan A"


def test_plan_that_says_nothing_more_is_adopted_in_one_nameless_version(write: Write) -> None:
    (version,) = sound(write(plans(plan()))).plan("A").versions

    assert (version.version_id, version.status, version.files) == (None, Status.ADOPTED, ("a.md",))


def test_levels_default_to_four_named_in_the_languages_of_the_interface(write: Write) -> None:
    levels = sound(write(plans(plan()))).levels

    assert [level.rank for level in levels] == [1, 2, 3, 4]
    assert all({"nb", "nn", "en"} <= set(level.names) for level in levels)


def test_scheme_may_have_other_levels_in_any_order(write: Write) -> None:
    scheme = "levels:\n  - {rank: 3, id: local, name: Satzung}\n  - {rank: 1, id: eu, name: {de: EU}}\n"

    levels = sound(write(scheme + plans(plan()))).levels

    assert [(level.rank, level.name("de")) for level in levels] == [(1, "EU"), (3, "Satzung")]


def test_version_inherits_what_it_does_not_say(write: Write) -> None:
    versions = "language: nn, adopted_by: kommunestyret, versions: [{id: v1, file: b.md}, "
    versions += "{id: v2, file: c.md, language: en, title: In English}]"

    first, second = sound(write(plans(plan(versions)))).plan("A").versions

    assert (first.language, first.title, first.adopted_by) == ("nn", "Plan A", "kommunestyret")
    assert (second.language, second.title, second.adopted_by) == ("en", "In English", "kommunestyret")


def test_version_can_take_an_inherited_day_away(write: Write) -> None:
    versions = "valid_to: 2030-12-31, versions: [{id: v1, valid_to: null}]"

    assert sound(write(plans(plan(versions)))).plan("A").versions[0].valid_to is None


def test_file_may_be_a_list(write: Write) -> None:
    register = sound(write(plans(plan(file="[a.md, b.md]"))))

    assert register.plan("A").versions[0].files == ("a.md", "b.md")


@pytest.mark.parametrize(
    ("written", "due"),
    [
        ("2027-06-30", RevisionDue(on=date(2027, 6, 30))),
        ("2027", RevisionDue(on=date(2027, 12, 31))),
        ("{every: year}", RevisionDue(every_years=1)),
        ("{every: 4 years}", RevisionDue(every_years=4)),
        ("{every: 2 år}", RevisionDue(every_years=2)),
    ],
)
def test_revision_is_due_on_a_day_in_a_year_or_every_so_often(
    write: Write, written: str, due: RevisionDue
) -> None:
    assert sound(write(plans(plan(f"revision_due: {written}")))).plan("A").revision_due == due


def test_link_may_name_a_section(write: Write) -> None:
    entries = plans(plan('implements: [B, "C#3.2"]'), plan("", "B", "b.md"), plan("", "C", "c.md"))

    assert sound(write(entries)).plan("A").implements == (PlanLink("B"), PlanLink("C", "3.2"))


def test_no_is_norwegian_and_not_false(write: Write) -> None:
    assert sound(write(plans(plan("language: no")))).plan("A").versions[0].language == "nb"


def test_plan_id_of_digits_stays_as_written(write: Write) -> None:
    assert [each.plan_id for each in sound(write(plans(plan(plan_id="007")))).plans] == ["007"]


def test_letters_of_a_file_name_may_be_composed_otherwise_on_disk(write: Write, tmp_path: Path) -> None:
    on_disk = unicodedata.normalize("NFD", "økonomi-på-nå.md")
    (tmp_path / on_disk).write_text("# Plan", encoding="utf-8")

    register = sound(write(plans(plan(file="økonomi-på-nå.md"))))

    assert register.plan("A").versions[0].files == (on_disk,)


def test_register_confirmed_by_nobody_says_so(write: Write) -> None:
    assert not sound(write(plans(plan()), head="confirmed: false\n" + HEAD)).confirmed


# --- bodies -------------------------------------------------------------------------------


def test_undeclared_bodies_are_ranked_by_their_words(write: Write) -> None:
    entries = plans(
        plan("adopted_by: Kommunedirektøren"),
        plan("adopted_by: Kommunestyret", "B", "b.md"),
        plan("adopted_by: Plannemnda", "C", "c.md"),
    )

    bodies = sound(write(entries)).bodies

    assert [body.name("nb") for body in bodies] == ["Kommunestyret", "Plannemnda", "Kommunedirektøren"]


def test_declared_body_may_be_named_by_its_name(write: Write) -> None:
    bodies = "bodies:\n  - {id: ks, rank: 3, name: {nb: Kommunestyret, en: Council}}\n"

    assert sound(write(bodies + plans(plan("adopted_by: council")))).plan("A").versions[0].adopted_by == "ks"


def test_body_that_is_not_declared_where_others_are_is_an_error(write: Write) -> None:
    bodies = "bodies:\n  - {id: kommunestyret, rank: 3}\n"

    problem = only_problem(write(bodies + plans(plan("adopted_by: kommunestyre"))))

    assert problem.key == "plans.A.adopted_by"
    assert problem.remedy == "Did you mean 'kommunestyret'?"


@pytest.mark.parametrize(
    ("name", "language", "rank"),
    [
        ("Stortinget", "nb", PARLIAMENT),
        ("Miljødirektoratet", "nb", GOVERNMENT),
        ("Kommunestyret", "nn", COUNCIL),
        ("Kommunfullmäktige", "sv", COUNCIL),
        ("Full Council", "en", COUNCIL),
        ("Byrådet", "da", COUNCIL),
        ("Byrådet", "nb", COMMITTEE),
        ("Formannskapet", "nb", COMMITTEE),
        ("Miljönämnden", "sv", COMMITTEE),
        ("Kommunedirektøren", "nb", DIRECTOR),
        ("Chief Executive", "en", DIRECTOR),
        ("Head of Procurement", "en", UNIT),
        ("Leikarringen", "nn", None),
    ],
)
def test_words_of_a_body_tell_its_rank(name: str, language: str, rank: int | None) -> None:
    assert default_rank(name, language) == rank


# --- what is refused ----------------------------------------------------------------------


def test_every_problem_is_reported_at_once_in_line_order(write: Write) -> None:
    folder = write(plans(plan("status: adoptd"), plan("owned: X, level: 9", "B", "gone.md")))

    found = problems(folder)

    assert [each.key for each in found] == [
        "plans.A.status",
        "plans.B.file",
        "plans.B.level",
        "plans.B.owned",
    ]
    assert [each.line for each in found] == [3, 4, 4, 4]
    assert all(each.file.endswith("plans.yaml") and each.remedy for each in found)


def test_unknown_key_is_answered_with_the_nearest_known(write: Write) -> None:
    problem = only_problem(write(plans(plan("ownr: Innkjøp"))))

    assert (problem.key, problem.remedy) == ("plans.A.ownr", "Did you mean 'owner'?")


def test_repeated_key_is_an_error(write: Write) -> None:
    problem = only_problem(
        write("plans:\n  - id: A\n    file: a.md\n    title: T\n    level: 1\n    level: 2\n")
    )

    assert (problem.line, problem.key) == (7, "plans.A.level")
    assert "first in line 6" in problem.message


@pytest.mark.parametrize("key", ["implements", "supersedes", "translation_of"])
def test_link_to_an_unknown_plan_is_an_error(write: Write, key: str) -> None:
    problem = only_problem(write(plans(plan(f"{key}: KEPX"), plan("", "KEP", "b.md"))))

    assert (problem.key, problem.remedy) == (f"plans.A.{key}", "Did you mean 'KEP'?")


@pytest.mark.parametrize("key", ["implements", "supersedes", "translation_of"])
def test_cycle_is_named_from_plan_to_plan(write: Write, key: str) -> None:
    entries = plans(plan(f"{key}: B"), plan(f"{key}: C", "B", "b.md"), plan(f"{key}: A", "C", "c.md"))

    problem = only_problem(write(entries))

    assert "A -> B -> C -> A" in problem.message


def test_plan_that_implements_itself_is_a_cycle(write: Write) -> None:
    assert "A -> A" in only_problem(write(plans(plan('implements: "A#2"')))).message


def test_missing_file_is_answered_with_the_nearest_there(write: Write) -> None:
    problem = only_problem(write(plans(plan(file="A.md"))))

    assert (problem.key, problem.remedy) == ("plans.A.file", "Did you mean 'a.md'?")


@pytest.mark.parametrize("path", ["../secret.md", "/etc/hostname", "C:\\plans\\a.md"])
def test_file_outside_the_folder_is_an_error(write: Write, path: str) -> None:
    problem = only_problem(write(plans(plan(file=f"'{path}'"))))

    assert "inside the folder" in problem.remedy


def test_link_on_disk_that_leads_out_of_the_folder_is_an_error(
    write: Write, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.md"
    secret.write_text("secret", encoding="utf-8")
    folder = write(plans(plan(file="link.md")))
    (folder / "link.md").symlink_to(secret)

    assert "outside the folder" in only_problem(folder).message


def test_folder_is_no_file(write: Write, tmp_path: Path) -> None:
    (tmp_path / "annexes").mkdir()

    assert "is no file" in only_problem(write(plans(plan(file="annexes")))).message


def test_two_plans_cannot_claim_one_file(write: Write) -> None:
    problem = only_problem(write(plans(plan(), plan("", "B", "a.md"))))

    assert problem.key == "plans.B.file"
    assert "belongs to A in line 3" in problem.message


@pytest.mark.parametrize("written", ["2023-02-30", "June 2023", "[2023]", "20233-01-01", "0202-01-01"])
def test_day_that_does_not_exist_is_an_error(write: Write, written: str) -> None:
    assert only_problem(write(plans(plan(f"valid_from: {written}")))).key == "plans.A.valid_from"


def test_day_written_the_other_way_round_is_answered_with_the_right_one(write: Write) -> None:
    problem = only_problem(write(plans(plan("adopted_on: 15.06.2023"))))

    assert problem.remedy == "Write 2023-06-15 if that is the day"


@pytest.mark.parametrize(
    ("days", "key"),
    [
        ("valid_from: 2024-01-01, valid_to: 2023-12-31", "valid_to"),
        ("adopted_on: 2024-01-01, repealed_on: 2023-12-31", "repealed_on"),
        ("adopted_on: 2024-01-01, amended_on: [2025-01-01, 2023-12-31]", "amended_on"),
    ],
)
def test_impossible_order_of_days_is_an_error(write: Write, days: str, key: str) -> None:
    assert only_problem(write(plans(plan(days)))).key == f"plans.A.{key}"


def test_level_outside_the_scheme_is_answered_with_the_scheme(write: Write) -> None:
    problem = only_problem(write("plans: [{id: A, file: a.md, title: T, level: 5}]\n"))

    assert problem.key == "plans.A.level"
    assert "4 (underlying)" in problem.remedy


def test_two_plans_cannot_have_one_id(write: Write) -> None:
    problem = only_problem(write(plans(plan(), plan("", "A", "b.md"))))

    assert (problem.line, problem.key) == (4, "plans.A.id")


@pytest.mark.parametrize("key", ["id", "file", "title", "level"])
def test_plan_without_what_it_needs_is_an_error(write: Write, key: str) -> None:
    entry = {"id": "A", "file": "a.md", "title": "T", "level": "3"}
    del entry[key]

    problem = only_problem(write(plans(", ".join(f"{name}: {value}" for name, value in entry.items()))))

    assert problem.message == f"{key} is missing"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("title: [a, b]", "title"),
        ("level: high", "level"),
        ("binding: perhaps", "binding"),
        ("implements: {B: 1}", "implements"),
        ("versions: v1", "versions"),
        ("versions: []", "versions"),
        ("revision_due: soon", "revision_due"),
        ("revision_due: {every: now and then}", "revision_due"),
        ("language: norsk", "language"),
        ("owner: !!python/name:os.system ''", "owner"),
    ],
)
def test_value_of_the_wrong_kind_is_an_error(write: Write, written: str, key: str) -> None:
    given = {"id": "A", "file": "a.md", "title": "T", "level": "3"}
    lines = [f"    {name}: {value}\n" for name, value in given.items() if name != key]
    folder = write("plans:\n  -\n" + "".join(lines) + f"    {written}\n")

    assert only_problem(folder).key == f"plans.A.{key}"


def test_unknown_status_is_answered_with_the_nearest(write: Write) -> None:
    assert only_problem(write(plans(plan("status: adoptet")))).remedy == "Did you mean 'adopted'?"


def test_versions_of_one_language_cannot_hold_on_the_same_days(write: Write) -> None:
    versions = "versions: [{id: v1, file: b.md, valid_from: 2024-01-01, valid_to: 2026-12-31}, "
    versions += "{id: v2, file: c.md, valid_from: 2026-07-01}]"

    problem = only_problem(write(plans(plan(versions))))

    assert problem.key == "plans.A.versions.v1.valid_to"
    assert "'v2'" in problem.message


@pytest.mark.parametrize(
    "versions",
    [
        "[{id: v1, file: b.md, valid_from: 2024-01-01}, {id: v2, file: c.md, valid_from: 2026-07-01}]",
        "[{id: v1, file: b.md, language: nb}, {id: v2, file: c.md, language: en}]",
        "[{id: v1, file: b.md}, {id: v2, file: c.md, status: hearing}]",
        "[{id: v1, file: b.md, status: superseded}, {id: v2, file: c.md}]",
    ],
    ids=["the next ends the open one", "two languages", "a draft", "one is past"],
)
def test_versions_that_leave_room_for_each_other_are_sound(write: Write, versions: str) -> None:
    assert len(sound(write(plans(plan(f"versions: {versions}")))).plan("A").versions) == 2


def test_two_versions_cannot_have_one_id(write: Write) -> None:
    versions = "versions: [{id: v1, file: b.md, language: nb}, {id: v1, file: c.md, language: en}]"

    assert only_problem(write(plans(plan(versions)))).key == "plans.A.versions.v1.id"


def test_two_levels_cannot_have_one_rank(write: Write) -> None:
    assert only_problem(write("levels: [{rank: 3}, {rank: 3}]\n" + plans(plan()))).key == "levels[2].rank"


def test_number_sign_is_kept_for_sections(write: Write) -> None:
    assert only_problem(write(plans(plan(plan_id='"A#1"')))).message == "'A#1' cannot be a plan id"


def test_register_without_a_municipality_is_an_error(write: Write) -> None:
    assert only_problem(write(plans(plan()), head="")).key == "municipality"


@pytest.mark.parametrize("text", ["", "plans:\n", "plans: []\n"])
def test_register_without_plans_is_an_error(write: Write, text: str) -> None:
    assert only_problem(write(text)).message == "there are no plans"


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n"])
def test_empty_register_is_an_error(write: Write, text: str) -> None:
    assert only_problem(write(text, head="")).message == "the register is empty"


@pytest.mark.parametrize(
    ("text", "line", "remedy"),
    [
        ("plans: [\n", 3, "quotation marks"),
        ("plans:\n\t- id: A\n", 3, "spaces"),
        ("plans:\n  - title: Klima: og energi\n", 3, "quotation marks"),
        ("---\nplans: []\n", 2, "---"),
    ],
)
def test_broken_yaml_is_named_by_line_and_remedy(write: Write, text: str, line: int, remedy: str) -> None:
    problem = only_problem(write(text))

    assert problem.line == line
    assert remedy in problem.remedy


def test_register_in_another_encoding_is_named_by_line(write: Write) -> None:
    problem = only_problem(write((HEAD + "plans:\n  - {title: økonomi}\n").encode("latin-1")))

    assert (problem.line, problem.remedy) == (3, "Save it again with the encoding UTF-8")


def test_register_saved_with_a_byte_order_mark_is_read(write: Write) -> None:
    assert sound(write((HEAD + plans(plan())).encode("utf-8-sig"))).plan("A")


def test_invisible_character_is_named_by_line(write: Write) -> None:
    assert only_problem(write("plans:\n  - {title: 'a\x07b'}\n")).line == 3


def test_bomb_of_aliases_is_refused_before_it_unfolds(write: Write) -> None:
    bomb = "x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n" + "".join(
        f"x{n}: &x{n} [{', '.join([f'*x{n - 1}'] * 10)}]\n" for n in range(1, 30)
    )

    assert "aliases unfold" in only_problem(write(bomb)).message


def test_alias_inside_itself_is_refused(write: Write) -> None:
    assert "inside itself" in only_problem(write("plans: &p [*p]\n")).message


def test_endless_nesting_is_refused(write: Write) -> None:
    assert "nested" in only_problem(write("plans: " + "[" * 50_000)).message


def test_register_of_many_megabytes_is_refused(write: Write) -> None:
    assert "longer than" in only_problem(write("#" * 5_000_000)).message


def test_two_registers_in_one_folder_are_an_error(write: Write) -> None:
    write(plans(plan()))

    assert "beside" in only_problem(write(plans(plan()), name="plans.yml")).message


def test_register_that_may_not_be_opened_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "plans.yaml").mkdir()

    with pytest.raises(UnreadableFile, match=r"plans\.yaml"):
        read_register(tmp_path)


def test_problems_are_printed_one_a_line_with_place_and_remedy(write: Write) -> None:
    with pytest.raises(RegisterError) as raised:
        read_register(write(plans(plan("ownr: X"))))

    assert str(raised.value).endswith("plans.yaml:3: plans.A.ownr: unknown key 'ownr'. Did you mean 'owner'?")
    assert raised.value.to_json()["sound"] is False


# --- laws ---------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40))
def test_graph_is_free_of_cycles_once_the_named_links_are_gone(links: list[tuple[int, int]]) -> None:
    edges = {str(node): [str(b) for a, b in links if a == node] for node in range(13)}

    found = list(cycles(edges))
    for cycle in found:
        assert cycle[0] == cycle[-1]
        assert all(step in edges[start] for start, step in pairwise(cycle))
    gone = {(cycle[-2], cycle[-1]) for cycle in found}
    left = {a: [b for b in targets if (a, b) not in gone] for a, targets in edges.items()}

    assert not list(cycles(left))


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40))
def test_links_that_only_lead_upwards_make_no_cycle(links: list[tuple[int, int]]) -> None:
    edges = {str(node): [str(b) for a, b in links if a == node and b < a] for node in range(13)}

    assert not list(cycles(edges))


def test_chain_of_any_length_is_walked() -> None:
    edges = {str(n): [str(n + 1)] for n in range(50_000)} | {"50000": ["0"]}

    assert len(next(iter(cycles(edges)))) == 50_002


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(
    lambda text: unicodedata.normalize("NFC", " ".join(text.split()))
)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    name = draw(NAMES.filter(bool))
    begins, ends = sorted((draw(DAYS), draw(DAYS)))
    version = PlanVersion(
        version_id=None,
        files=("a.md",),
        title=name,
        language=draw(st.sampled_from([None, "nb", "nn", "en"])),
        status=draw(st.sampled_from(Status)),
        adopted_by=draw(st.sampled_from([None, "ks"])),
        valid_from=draw(st.sampled_from([None, begins])),
        valid_to=draw(st.sampled_from([None, ends])),
    )
    return Register(
        municipality=Municipality(municipality_id="x", name=draw(NAMES.filter(bool)), languages=("nb",)),
        levels=draw(
            st.sampled_from([DEFAULT_LEVELS, (PlanLevel(rank=4, level_id="only", names={"nb": "Bare én"}),)])
        ),
        bodies=(Body(body_id="ks", rank=3, names={"nb": draw(NAMES.filter(bool))}),),
        plans=(
            Plan(
                plan_id="A",
                title=name,
                level=4,
                kind="strategy",
                versions=(version,),
                binding=draw(st.sampled_from([None, True, False])),
                owner=draw(st.none() | NAMES.filter(bool)),
                revision_due=draw(st.sampled_from([None, RevisionDue(on=ends), RevisionDue(every_years=4)])),
            ),
        ),
        confirmed=draw(st.booleans()),
    )


@pytest.fixture(scope="module")
def one_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    (folder / "a.md").write_text("# Plan", encoding="utf-8")
    return folder


@settings(deadline=None)  # a file is written each time
@given(register=registers())
def test_register_written_reads_back_the_same(one_file: Path, register: Register) -> None:
    (one_file / "plans.yaml").write_text(register_text(register), encoding="utf-8")

    assert read_register(one_file) == register


@settings(deadline=None)  # a file is written each time
@given(begins=DAYS, ends=DAYS)
def test_period_is_refused_exactly_when_it_ends_before_it_begins(
    one_file: Path, begins: date, ends: date
) -> None:
    entry = plans(plan(f"valid_from: {begins}, valid_to: {ends}"))
    (one_file / "plans.yaml").write_text(HEAD + entry, encoding="utf-8")

    if ends < begins:
        assert only_problem(one_file).key == "plans.A.valid_to"
    else:
        assert sound(one_file).plan("A").versions[0].valid_to == ends
