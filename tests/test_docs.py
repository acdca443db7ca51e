"""What the documents say is there: every link, file, function, command and error code that they name."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from domain.errors import ErrorCode
from graph.errors import ERROR_TYPES, ErrorView

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "bench").glob("*.md"),
        *(ROOT / ".github").rglob("*.md"),
    )
)
#: Names that a page gives to a file which only a running service, a build or a reader's own change makes.
MADE_LATER = re.compile(r"(var|outbox|audit|node_modules|client/dist)/|path/")
PATH = re.compile(
    r"(?<![\w/.<:-])((?:[\w.-]+/)+[\w.-]+\.(?:py|md|js|mjs|ts|tsx|graphql|txt|html|jsonl|yaml))(?::([\w.]*\w))?"
)
LAYERS = (
    "audit",
    "accounts",
    "content",
    "domain",
    "graph",
    "importer",
    "moderation",
    "policy",
    "resolvers",
    "stores",
    "web",
)


def text_of(page: str) -> str:
    return (ROOT / page).read_text()


def prose_of(page: str) -> str:
    """The page without links' targets, which are relative to the page."""
    return re.sub(r"\]\([^)]*\)", "]", text_of(page))


def links_of(page: str) -> list[tuple[str, str]]:
    """Relative links: the path, and the heading within it."""
    targets = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", text_of(page))
    return [(path, heading) for path, _, heading in (target.partition("#") for target in targets)]


def anchors_of(page: Path) -> set[str]:
    """The headings of a page as GitHub links to them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_to_a_file_and_a_heading_that_are_there(page):
    broken = []
    for path, heading in links_of(page):
        target = (ROOT / page).parent / path if path else ROOT / page
        if not target.exists() or (heading and heading not in anchors_of(target)):
            broken.append(f"{path}#{heading}")

    assert broken == []


def is_defined_in(file: Path, name: str) -> bool:
    """Whether ``file`` defines the function, class, method, constant or enum member; true for no name at all."""
    pattern = rf"^\s*(?:async )?(?:def|class) {name}\b|^\s*{name}\b.*="
    return not name or bool(re.search(pattern, file.read_text(), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_function_that_a_page_names_is_there(page):
    missing = []
    for path, name in PATH.findall(prose_of(page)):
        file = next((each for each in (ROOT / path, (ROOT / page).parent / path) if each.exists()), None)
        if MADE_LATER.match(path):
            continue
        if file is None or not all(is_defined_in(file, part) for part in name.split(".")):
            missing.append(f"{path}:{name}")

    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_that_a_page_names_is_in_the_makefile(page):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    named = re.findall(r"`make ([a-z-]+)`|^ *make ([a-z-]+)(?= |$)", text_of(page), re.MULTILINE)

    assert {quoted or alone for quoted, alone in named} <= targets


def test_there_are_pages_to_look_at():
    assert {"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs/API.md", "docs/architecture/overview.md"} <= set(
        PAGES
    )
    assert sum(len(links_of(page)) for page in PAGES) > 40
    assert sum(len(PATH.findall(prose_of(page))) for page in PAGES) > 150


def test_the_changelog_s_latest_version_is_the_project_s_and_the_client_s():
    [latest, *_] = re.findall(r"^## (\d\S*)", text_of("CHANGELOG.md"), re.MULTILINE)

    assert tomllib.loads(text_of("pyproject.toml"))["project"]["version"] == latest
    assert json.loads(text_of("client/package.json"))["version"] == latest
    assert json.loads(text_of("client/package-lock.json"))["version"] == latest


# ---------------------------------------------------------------- error codes


def rows_under(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of docs/API.md, without its head."""
    section = text_of("docs/API.md").split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def type_of(code: ErrorCode) -> str:
    """The type of the schema that carries ``code``."""
    view = ErrorView(code, "", None, None, None)
    return next((kind.__name__ for kind in ERROR_TYPES if kind.is_type_of(view, None)), "none")


def test_api_md_lists_exactly_the_codes_of_payloads_with_their_types():
    listed = {row[0]: row[1] for row in rows_under("Errors the user can fix")}

    assert listed == {code.value: type_of(code) for code in ErrorCode}


def test_api_md_lists_exactly_the_codes_of_top_level_errors():
    listed = [row[0] for row in rows_under("Top-level errors")]

    assert sorted(listed) == sorted(top_level_codes())


def top_level_codes() -> set[str]:
    """The codes that the source gives to ``extensions.code``."""
    trees = [ast.parse(file.read_text()) for layer in LAYERS for file in (ROOT / layer).rglob("*.py")]
    constants = {name: value for tree in trees for name, value in _constants(tree)}
    given = {code for tree in trees for code in _given(tree, constants)}
    # Queries raise these refusals as top-level errors (``Context.refusals_as_faults``).
    refused = {ErrorCode.FORBIDDEN.value, ErrorCode.NOT_SIGNED_IN.value}
    return given | refused | {value for name, value in constants.items() if name == value}


def _constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(value))) if name.isupper():
                yield name, value


def _given(tree: ast.Module, constants: dict[str, str]) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="PublicFault"), args=[ast.Constant(value=str(code)), *_]):
                yield code
            case ast.Call(func=ast.Name(id="PublicFault"), args=[ast.Name(id=name), *_]):
                yield constants[name]
