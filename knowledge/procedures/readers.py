"""Catalogue files become a Catalog: our own JSON, lists collected elsewhere, plain title lists.

A broken file is refused whole, with every problem and its place; nothing is half-read.
"""

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from knowledge.errors import UnreadableFileError
from knowledge.procedures.catalog import Catalog
from knowledge.procedures.procedure import Procedure

FORMAT: Final = "motcua-catalog-1"
_INTERNAL: Final = ("5.", "6.")  # between offices, not for citizens
_SHOWN_PROBLEMS: Final = 50
_PROCEDURE: Final = TypeAdapter(Procedure)

Record = Mapping[str, Any]
Places = list[tuple[str, Record]]


def read_catalog(path: Path) -> Catalog:
    """Read the catalogue in *path*, whichever of the known forms it has.

    Raises:
        UnreadableFileError: it is missing, of no known form, or any record is wrong.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFileError(path, [_first_line(error)]) from error
    records = _csv_records(text) if path.suffix.lower() == ".csv" else _json_records(path, text)
    return _checked(path, records)


def write_catalog(path: Path, catalog: Catalog, title: str) -> None:
    """Write *catalog* in our own form: a value a line, so that a diff shows one fact."""
    procedures = [
        _PROCEDURE.dump_python(one, mode="json", exclude_defaults=True) for one in catalog
    ]
    whole = {"format": FORMAT, "title": title, "procedures": procedures}
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _json_records(path: Path, text: str) -> Places:
    try:
        whole = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableFileError(path, [f"line {error.lineno}: {error.msg}"]) from error
    match whole:
        case {"format": str(form), "procedures": list(records)} if form == FORMAT:
            return _placed(records, text, lambda record: record)
        case list(records):
            return _placed(records, text, _from_collected)
        case _:
            problem = f'neither a "{FORMAT}" catalogue nor a list of procedures'
            raise UnreadableFileError(path, [problem])


def _csv_records(text: str) -> Places:
    """Read a list of titles; the line told is the file's own."""
    rows = csv.DictReader(text.splitlines())
    return [
        (f"line {rows.line_num}", _from_title_row(row))
        for row in rows
        if not (row.get("code") or "").startswith(_INTERNAL)
    ]


def _placed(records: Iterable[Any], text: str, convert: Callable[[Record], Record]) -> Places:
    """Find each record's line: the parsed JSON no longer knows it, but its code does."""
    places: Places = []
    at = 0
    for number, record in enumerate(records, start=1):
        known = record if isinstance(record, dict) else {}
        code = known.get("code")
        found = text.find(f'"{code}"', at) if code else -1
        at = max(at, found + 1)
        line = f"line {text.count(chr(10), 0, found) + 1}, " if found >= 0 else ""
        places.append((f"{line}procedure {number} ({code or 'no code'})", convert(known)))
    return places


def _checked(path: Path, records: Places) -> Catalog:
    procedures: dict[str, Procedure] = {}
    problems = [] if records else ["it holds no procedure"]
    for place, record in records:
        try:
            procedure = _PROCEDURE.validate_python(record)
        except ValidationError as error:
            problems += [f"{place}: {problem}" for problem in _told(error)]
            continue
        if procedure.code in procedures:
            problems.append(f"{place}: code {procedure.code} stands here once more")
        procedures[procedure.code] = procedure
    if problems:
        more = len(problems) - _SHOWN_PROBLEMS
        shown = problems[:_SHOWN_PROBLEMS] + ([f"and {more} more problems"] if more > 0 else [])
        raise UnreadableFileError(path, shown)
    return Catalog.of(procedures.values())


def _told(error: ValidationError) -> list[str]:
    return [f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors()]


def _from_collected(record: Record) -> Record:
    """Rename the keys of a list as it was collected from the National Public Service Portal."""
    if "documents" not in record:
        return record
    return {
        "code": record.get("code"),
        "name": record.get("name"),
        "field": record.get("field"),
        "level": record.get("level"),
        "agency": record.get("agency"),
        "documents": record.get("documents") or [],
        "fees": [
            {
                "kind": fee.get("kind"),
                "amount": fee.get("amount_vnd"),
                "words": fee.get("description"),
                "legal_source": fee.get("source_law"),
            }
            for fee in record.get("fees") or []
        ],
        "terms": [
            {
                "way": term.get("channel"),
                "duration": term.get("duration"),
                "unit": term.get("unit"),
                "note": term.get("description"),
            }
            for term in record.get("processing_time") or []
        ],
        "ways": record.get("channels") or [],
        "full_online": record.get("full_online"),
        "steps": record.get("steps") or [],
        "result": record.get("result"),
        "conditions": record.get("requirements"),
        "legal_basis": record.get("legal_basis") or [],
        "decision": record.get("decision"),
        "portal_url": record.get("portal_url"),
        "source": record.get("source"),
        "checked_on": record.get("as_of"),
        "completeness": "full" if record.get("completeness") == "full" else "name_only",
    }


def _from_title_row(row: Mapping[str, str | None]) -> Record:
    return {
        "code": row.get("code"),
        "name": row.get("name"),
        "field": row.get("field") or "Chưa rõ lĩnh vực",
        "level": row.get("level") or None,
        "agency": row.get("agency") or None,
        "source": row.get("source") or "Danh sách tên thủ tục",
        "completeness": "name_only",
    }


def _first_line(error: BaseException) -> str:
    if isinstance(error, OSError):
        return error.strerror or "cannot be read"
    return "is not UTF-8 text"
