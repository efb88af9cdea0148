"""The command line: a contract that others build on."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from io import BytesIO, TextIOWrapper
from pathlib import Path
from threading import Timer
from typing import Any, Final

import pytest
from sqlmodel import select
from typer.core import TyperGroup
from typer.main import get_command

from bot import app
from bot.__main__ import commands, main
from bot.app import build_matcher
from bot.post.capabilities import CHANNELS, units
from bot.post.outbox import push
from handlers.messages import Reply
from handlers.texts import dossiers as dossier_texts
from handlers.texts import feedback as feedback_texts
from handlers.texts import procedures as texts
from knowledge.dossiers.code import DossierCode
from knowledge.dossiers.importer import SAMPLES, read_dossiers
from knowledge.matching import Matcher
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Facet, Procedure
from knowledge.procedures.readers import write_catalog
from knowledge.store.store import open_store
from knowledge.store.tables import OutboxRow
from knowledge.vocabulary import Vocabulary
from tests.citizen import NOON
from tests.patience import PATIENCE

ROOT: Final = Path(__file__).parents[2]
CODE: Final = DossierCode("H57.132-260804-0583")
QUESTIONS: Final = (
    "giấy phép bưu chính",
    "thời tiết hôm nay thế nào",
    "xin chào",
    f"hồ sơ {CODE} đến đâu rồi",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a command wrote, and how it left."""

    out: str
    err: str
    code: object

    def objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass(frozen=True, slots=True)
class Terminal:
    """A person or a program at the command line."""

    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *words: str, typed: str = "") -> Told:
        self.monkeypatch.setattr(sys, "argv", ["motcua", *words])
        self.monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(typed.encode())))
        with pytest.raises(SystemExit) as left:
            main()
        out, err = self.capsys.readouterr()
        return Told(out, err, left.value.code)


@pytest.fixture(scope="module", autouse=True)
def read_once(catalog: Catalog, matcher: Matcher) -> Generator[None]:
    """Let the commands share the matcher over the shipped catalogue: each would build it anew."""

    def shared(asked: Catalog, vocabulary: Vocabulary | None = None) -> Matcher:
        return matcher if asked == catalog else build_matcher(asked, vocabulary)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "build_matcher", shared)
        yield


@pytest.fixture
def terminal(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    database: str,
) -> Terminal:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MOTCUA_DATABASE_URL", database)
    return Terminal(monkeypatch, capsys)


@pytest.fixture(scope="session")
def procedure(catalog: Catalog) -> Procedure:
    return next(one for one in catalog if one.documents and one.fees)


@pytest.fixture
def small(tmp_path: Path, procedure: Procedure) -> str:
    path = tmp_path / "small.json"
    write_catalog(path, Catalog.of([procedure]), "Một thủ tục")
    return str(path)


def verbs(group: TyperGroup, *before: str) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*before, name)
        if isinstance(command, TyperGroup):
            yield from verbs(command, *before, name)


def top() -> TyperGroup:
    command = get_command(commands)
    assert isinstance(command, TyperGroup)
    return command


def is_well(address: str) -> bool:
    with closing(HTTPConnection(address, timeout=PATIENCE)) as connection:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK


def test_ask_answers_as_a_citizen_would_read_it(terminal: Terminal, procedure: Procedure) -> None:
    told = terminal.run("ask", f"phí của thủ tục {procedure.code}")
    assert told.out.startswith(texts.parts(procedure, (Facet.FEE,)))
    assert "\n1. Giấy tờ\n" in told.out
    assert (told.err, told.code) == ("", 0)


def test_ask_in_json_gives_an_object_a_line(terminal: Terminal) -> None:
    told = terminal.run("ask", "--json", typed="\n".join(QUESTIONS))
    assert [one["question"] for one in told.objects()] == list(QUESTIONS)
    assert [one["outcome"] for one in told.objects()] == ["unclear", "unknown", "other", "other"]
    assert (told.err, told.code) == ("", 0)


def test_a_code_in_a_question_is_found(terminal: Terminal, procedure: Procedure) -> None:
    [told] = terminal.run("ask", "--json", f"phí của {procedure.code}").objects()
    assert (told["outcome"], told["facets"]) == ("found", [Facet.FEE])
    assert [named["code"] for named in told["procedures"]] == [procedure.code]


def test_ask_in_json_keeps_its_contract(terminal: Terminal, catalog: Catalog) -> None:
    keys = {"question", "outcome", "procedures", "facets", "reply", "ms"}
    for one in terminal.run("ask", "--json", typed="\n".join(QUESTIONS)).objects():
        assert set(one) == keys
        assert set(one["facets"]) <= set(Facet)
        assert one["reply"].strip()
        assert one["ms"] >= 0
        assert len(one["procedures"]) <= 10
        for named in one["procedures"]:
            known = catalog.find(named["code"])
            assert known is not None
            assert named["name"] == known.name


def test_ask_in_json_ranks_even_what_it_does_not_answer(terminal: Terminal) -> None:
    unclear, unknown, *others = terminal.run("ask", "--json", typed="\n".join(QUESTIONS)).objects()
    assert unclear["procedures"]
    assert unknown["procedures"]
    scores = [named["score"] for named in unclear["procedures"]]
    assert scores == sorted(scores, reverse=True)
    assert not [other for other in others if other["procedures"]]


def test_ask_takes_another_catalogue(terminal: Terminal, small: str, procedure: Procedure) -> None:
    [told] = terminal.run("ask", procedure.title, "--json", "--catalog", small).objects()
    assert told["outcome"] == "found"
    assert [named["code"] for named in told["procedures"]] == [procedure.code]


def test_ask_leaves_no_trace(terminal: Terminal) -> None:
    asked, answered = terminal.run("ask", "--json", typed="/gopy\nhành vi\n").objects()
    assert asked["reply"] == feedback_texts.ASK_KIND
    assert answered["reply"] != feedback_texts.ASK_CONTENT


def test_an_empty_line_is_answered_too(terminal: Terminal) -> None:
    empty, full = terminal.run("ask", "--json", typed="\nphí\n").objects()
    assert (empty["question"], empty["outcome"]) == ("", "other")
    assert full["question"] == "phí"


def test_lines_are_utf_8_whatever_the_terminal(database: str, tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "bot", "ask", "--json"],
        input=b"ph\xc3\xad \xff\n",
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "MOTCUA_DATABASE_URL": database},
    )
    assert json.loads(asked.stdout)["question"] == "phí \ufffd"


@contextmanager
def running(database: str) -> Generator[subprocess.Popen[str]]:
    """Run the program until the test is over, however it ends."""
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={"MOTCUA_DATABASE_URL": database, "MOTCUA_PORT": "0"},
        encoding="utf-8",
    ) as program:
        watchdog = Timer(PATIENCE, program.kill)
        watchdog.start()
        try:
            yield program
        finally:
            watchdog.cancel()
            program.terminate()


def test_run_says_where_the_doors_are_until_it_is_stopped(database: str) -> None:
    with running(database) as program:
        said = iter(program.stdout or ())
        assert next(said).endswith(f"{read_dossiers(SAMPLES)[0].code}\n")
        door = next(line for line in said if line.startswith("web: "))
        assert is_well(door.rpartition("/")[2].strip())
    assert program.returncode == 0


def test_a_talk_is_shown_as_its_channel_would(terminal: Terminal) -> None:
    told = terminal.run("talk", "--as", "telegram", typed="xin chào\n")
    assert "[1 Hỏi về thủ tục] [2 Tra cứu hồ sơ]" in told.out
    assert "Trả lời bằng số" not in told.out
    assert told.code == 0


def test_a_talk_in_json_gives_an_object_a_turn(terminal: Terminal) -> None:
    lines = ("giấy phép bưu chính", "1", "phí bao nhiêu")
    told = terminal.run("talk", "--as", "zalo_bot", "--json", typed="\n".join(lines))
    unclear, *_, fee = told.objects()
    assert [one["said"] for one in told.objects()] == list(lines)
    assert (set(unclear), unclear["buttons"]) == ({"said", "parts", "choices", "buttons"}, 0)
    assert unclear["parts"][-1].endswith("Trả lời bằng số, ví dụ: 1")
    assert unclear["choices"][0]["sends"].split()[1] in "".join(fee["parts"])
    limit = CHANNELS["zalo_bot"].text_limit
    assert all(units(part) <= limit for one in told.objects() for part in one["parts"])


def test_a_talk_finds_sample_dossiers(terminal: Terminal) -> None:
    sample = read_dossiers(SAMPLES, invented=True)[0]
    assert dossier_texts.status_card(sample) in terminal.run("talk", typed=sample.code).out


def test_a_talk_lays_no_samples_out_where_none_are_wanted(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_SAMPLE_DOSSIERS", "false")
    sample = read_dossiers(SAMPLES, invented=True)[0]
    assert dossier_texts.not_found(sample.code) in terminal.run("talk", typed=sample.code).out


def test_dossiers_that_are_imported_are_found_in_talks(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "dossiers.csv"
    path.write_text(
        f"Mã hồ sơ,Tên thủ tục,Trạng thái\n{CODE},Cấp giấy phép,Đang xử lý\n", encoding="utf-8"
    )
    assert terminal.run("dossiers", "import", str(path)).out == "1 dossiers kept\n"
    told = terminal.run("talk", typed=f"hồ sơ {CODE.lower()} đến đâu rồi")
    assert f"Hồ sơ {CODE}\nTình trạng: Đang xử lý." in told.out


def test_dossiers_with_a_fault_are_refused_in_a_line(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "dossiers.csv"
    path.write_text("Mã hồ sơ,Tên thủ tục,Trạng thái\n12,Cấp,Đang xử lý\n", encoding="utf-8")
    told = terminal.run("dossiers", "import", str(path))
    assert (told.out, told.code, told.err.count("\n")) == ("", 1, 1)
    assert told.err.startswith(f"motcua: {path}: ")


def test_the_shipped_catalogue_passes_its_check(terminal: Terminal, catalog: Catalog) -> None:
    told = terminal.run("catalog", "check")
    assert f"{len(catalog)} procedures, no problem" in told.out
    assert all(f"  {field}\n" in told.out for field in catalog.fields())
    assert (told.err, told.code) == ("", 0)


def test_a_broken_catalogue_fails_its_check_in_a_line(
    terminal: Terminal, small: str, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[\n{]", encoding="utf-8")
    told = terminal.run("catalog", "check", str(broken), small)
    assert told.err == (f"{broken}: line 2: Expecting property name enclosed in double quotes\n")
    assert "1 procedures, no problem" in told.out
    assert told.code == 1


def test_a_question_to_a_broken_catalogue_fails_in_a_line(
    terminal: Terminal, tmp_path: Path
) -> None:
    told = terminal.run("ask", "phí", "--catalog", str(tmp_path / "nowhere.json"))
    assert told.err == f"motcua: {tmp_path / 'nowhere.json'}: No such file or directory\n"
    assert (told.out, told.code) == ("", 1)


def test_a_database_is_made_where_there_is_none(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "sqlite+aiosqlite:///new.db")
    assert terminal.run("db", "upgrade").out == "the database is up to date\n"
    assert (tmp_path / "new.db").exists()


@pytest.mark.parametrize("verb", [("db", "upgrade"), ("ask", "phí")])
def test_a_database_out_of_reach_fails_in_a_line(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MOTCUA_DATABASE_URL", "sqlite+aiosqlite:////nowhere/at/all.db")
    told = terminal.run(*verb)
    assert told.err.startswith("motcua: the database cannot be opened")
    assert (told.out, told.code, told.err.count("\n")) == ("", 1, 1)


@pytest.mark.parametrize(
    ("name", "value"), [("PORT", "ninety"), ("KEEP_DAYS", "0"), ("SECURE_COOKIES", "perhaps")]
)
def test_a_wrong_setting_is_told_in_a_line(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"MOTCUA_{name}", value)
    told = terminal.run("ask", "phí")
    assert told.err.startswith(f"motcua: setting MOTCUA_{name}: Input should be ")
    assert (told.out, told.code, told.err.count("\n")) == ("", 1, 1)


async def fail(database: str, *keys: str) -> None:
    """Write news down that cannot be sent."""
    async with open_store(database) as store, store.transaction() as session:
        for key in keys:
            reply = Reply("Hồ sơ của ông Nguyễn Văn An đã xong")
            await push(session, channel="telegram", chat="77", reply=reply, key=key, at=NOON)
        for row in await session.exec(select(OutboxRow)):
            row.state, row.reason, row.settled_at = "failed", "blocked", NOON


def test_post_counts_and_lists_what_failed_without_its_words(
    terminal: Terminal, database: str
) -> None:
    assert terminal.run("post") == Told("", "", 0)
    asyncio.run(fail(database, "first", "second"))
    counts, newest, oldest = terminal.run("post").out.splitlines()
    assert counts.split() == ["telegram", "2", "failed"]
    assert newest.endswith("telegram  failed (blocked)         second, part 1")
    assert oldest.split()[:3] == ["1", f"{NOON:%d/%m/%Y}", f"{NOON:%H:%M}"]
    few = terminal.run("post", "--most", "1").out
    assert few.endswith("and 1 older ones (--most 2 shows them)\n")
    assert "Nguyễn" not in few
    assert "77" not in few


def test_a_person_decides_what_becomes_of_what_failed(terminal: Terminal, database: str) -> None:
    asyncio.run(fail(database, "first", "second"))
    assert terminal.run("post", "resend", "1").out == "1 will be sent again on telegram\n"
    assert terminal.run("post", "settle", "2").out == "2 counts as sent on telegram\n"
    assert terminal.run("post").out.split() == ["telegram", "1", "pending,", "1", "sent"]
    told = terminal.run("post", "settle", "2")
    assert told == Told("", "motcua: nothing under the number 2 failed or is in doubt\n", 1)


@pytest.mark.parametrize(
    "words",
    [
        ("post", "resend"),
        ("post", "settle", "x"),
        ("ask",),
        ("talk", "--as", "nowhere"),
        ("sing",),
        ("ask", "--loud"),
        ("catalog",),
    ],
)
def test_misuse_leaves_with_two(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal.run(*words).code == 2


@pytest.mark.parametrize("verb", list(verbs(top())), ids=" ".join)
def test_every_verb_has_help(terminal: Terminal, verb: tuple[str, ...]) -> None:
    told = terminal.run(*verb, "-h")
    usage, help_text, *_ = [line.strip() for line in told.out.splitlines() if line.strip()]
    assert usage.startswith("Usage: ")
    assert help_text[0].isalpha()
    assert told.code == 0
