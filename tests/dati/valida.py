"""Judges the open data of built sites from outside: one line a site and a judge, status 1 if any of them finds something."""

import csv
import datetime
import hashlib
import json
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import frictionless
import jsonschema
import openpyxl
import pyshacl
import rdflib
import rdflib.compare
from csvw import CSVW
from referencing import Registry, Resource

SCHEMI = Path(__file__).parent / "schemi"


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def whole(text: str) -> str:
    """The text that a cell stands for: the rule of the data."""
    return text[1:] if text.startswith("'") else text


def said(value, kind: str) -> str:
    """A value of JSON or of a sheet as the CSV writes it."""
    if value is None:
        return ""
    if kind == "boolean":
        assert isinstance(value, bool), value
        return "true" if value else "false"
    if kind == "date" and isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


def same(kind: str, value, text: str) -> bool:
    if value is None or text == "":
        return value is None and text == ""
    if kind in ("number", "integer"):
        return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and (
            round(Decimal(str(value)), 4) == round(Decimal(text), 4)
        )
    return said(value, kind) == text


def forms(data: Path, package: dict) -> list[str]:
    """The three forms of each dataset hold the same rows, in the same order."""
    wrong = []
    for resource in package["resources"]:
        name = resource["name"]
        file = data / resource["path"]
        if resource["hash"] != "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest():
            wrong.append(f"{name}: another hash")
        if resource["bytes"] != file.stat().st_size:
            wrong.append(f"{name}: another size")
        fields = resource["schema"]["fields"]
        kinds = [field["type"] for field in fields]
        head, *table = rows(file)
        if head != [field["name"] for field in fields]:
            wrong.append(f"{name}: another head")
        objects = json.loads((data / f"{name}.json").read_text(), parse_float=Decimal)["righe"]
        book = openpyxl.load_workbook(data / f"{name}.xlsx", read_only=False)
        sheet, legend = book.worksheets
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        if cells[0] != head or sheet.freeze_panes != "A2" or not sheet["A1"].font.bold or not sheet.auto_filter.ref:
            wrong.append(f"{name}: the head of the sheet")
        explained = [row[0].value for row in legend.iter_rows(min_row=2, max_row=1 + len(head))]
        if explained != head or not any("Regione Lombardia" in str(row[2].value) for row in legend.iter_rows()):
            wrong.append(f"{name}: the legend")
        if not len(table) == len(objects) == len(cells) - 1:
            wrong.append(f"{name}: {len(table)} rows, {len(objects)} objects, {len(cells) - 1} in the sheet")
        for n, (row, obj, cell) in enumerate(zip(table, objects, cells[1:])):
            for i, kind in enumerate(kinds):
                text = row[i]
                if text[:1] in ("=", "+", "@", "\t", "\r") or (text[:1] == "-" and kind == "string"):
                    wrong.append(f"{name}, row {n}: {text} would be run")
                meant = whole(text) if kind == "string" else text
                if not same(kind, obj[head[i]], meant):
                    wrong.append(f"{name}, row {n}, {head[i]}: {text!r} and in JSON {obj[head[i]]!r}")
                if kind == "number" and text and str(obj[head[i]]) != text:
                    wrong.append(f"{name}, row {n}, {head[i]}: {text!r} and in JSON {obj[head[i]]!r}")
                if not same(kind, cell[i], text):
                    wrong.append(f"{name}, row {n}, {head[i]}: {text!r} and in the sheet {cell[i]!r}")
    return wrong


def described(data: Path) -> list[str]:
    report = frictionless.Package(str(data / "datapackage.json")).validate()
    found = [f"{task.name}: {error.message}" for task in report.tasks for error in task.errors]
    return found + [error.message for error in report.errors]


def on_the_web(data: Path) -> list[str]:
    import warnings

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        valid = CSVW(str(data / "csv-metadata.json"), validate=True).is_valid
        found = [str(warning.message) for warning in told if "csvw" in warning.filename]
    return [] if valid else found or ["not valid"]


def against(schema: dict, value, registry: Registry | None = None) -> list[str]:
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    more = {"registry": registry} if registry else {}
    judge = kind(schema, format_checker=kind.FORMAT_CHECKER, **more)
    return [f"{'/'.join(map(str, error.path))}: {error.message[:300]}" for error in judge.iter_errors(value)]


def schemas(data: Path) -> list[str]:
    found = []
    for file in sorted(data.glob("*.schema.json")):
        if file.name != "piano.schema.json":
            value = json.loads((data / file.name.replace(".schema", "")).read_text())
            found += [f"{file.name}: {problem}" for problem in against(json.loads(file.read_text()), value)]
    return found


def giving(data: Path) -> list[str]:
    file = data / "360giving.json"
    if not file.exists():
        return []
    package = json.loads((SCHEMI / "360-giving-package-schema.json").read_text())
    grant = json.loads((SCHEMI / "360-giving-schema.json").read_text())
    # The package names its schema by the tag before this one.
    names = [grant["$id"], package["properties"]["grants"]["items"]["$ref"]]
    registry = Registry().with_resources([(name, Resource.from_contents(grant)) for name in names])
    # The `$schema` of the standard is written with http.
    for schema in (package, grant):
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    value = json.loads(file.read_text())
    ids = [grant["id"] for grant in value["grants"]]
    return against(package, value, registry) + ([] if len(ids) == len(set(ids)) else ["an id twice"])


def catalogue(folder: Path) -> list[str]:
    turtle = rdflib.Graph().parse(folder / "dati/catalogo.ttl")
    linked = rdflib.Graph().parse(folder / "dati/catalogo.jsonld", format="json-ld")
    found = [] if rdflib.compare.isomorphic(turtle, linked) else ["Turtle and JSON-LD are two graphs"]
    for name in ("dcat-ap-2.1.1.ttl", "dcat-ap-it.ttl"):
        shapes = rdflib.Graph().parse(SCHEMI / name)
        conforms, _, text = pyshacl.validate(turtle, shacl_graph=shapes, advanced=True)
        found += [] if conforms else [f"{name}: {text[:3000]}"]
    return found


def packages(folder: Path) -> list[str]:
    """The data of the packages made beside a site fit the schema that it publishes."""
    name = folder.name.removeprefix("public-")
    schema = json.loads((folder / "dati/v1/piano.schema.json").read_text())
    found = []
    for file in sorted(folder.parent.glob(f"consegna-{name}-*.zip")):
        with zipfile.ZipFile(file) as archive:
            plan = json.loads(archive.read("dati/piano.json"))
            found += [f"{file.name}: {problem}" for problem in against(schema, plan)]
            names = set(archive.namelist())
            package = json.loads(archive.read("dati/datapackage.json"))
            missing = [r["path"] for r in package["resources"] if f"dati/{r['path']}" not in names]
            found += [f"{file.name}: no {path}" for path in missing]
    return found


def main(folders: list[str]) -> int:
    failed = 0
    for folder in map(Path, folders):
        data = folder / "dati/v1"
        package = json.loads((data / "datapackage.json").read_text())
        judges = {
            "CSV, JSON, XLSX": lambda: forms(data, package),
            "Frictionless": lambda: described(data),
            "CSVW": lambda: on_the_web(data),
            "JSON Schema": lambda: schemas(data),
            "360Giving": lambda: giving(data),
            "DCAT-AP": lambda: catalogue(folder),
            "piano.json": lambda: packages(folder),
        }
        for judge, judged in judges.items():
            found = judged()
            print(f"{folder.name}: {judge}: {len(found)} errors")
            for problem in found[:10]:
                print(f"  {problem}")
            failed += len(found)
    return 1 if failed or not folders else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
