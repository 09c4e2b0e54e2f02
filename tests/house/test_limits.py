"""The house stays readable: small files, small functions, no cycles, no forbidden names."""

import ast
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("state", "rules", "crawler")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
MOST_FILE_LINES = 400
MOST_BODY_LINES = 40


def relative(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_file_is_over_400_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= MOST_FILE_LINES


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_no_function_body_is_over_40_lines(path):
    long = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            if body and body[-1].end_lineno - body[0].lineno + 1 > MOST_BODY_LINES:
                long.append(node.name)

    assert long == []


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_nobody_but_the_clock_asks_for_the_time(path):
    if relative(path) == "state/clock.py":
        return
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"now", "utcnow", "today"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date"}
    ]

    assert calls == []


def test_no_drawer_is_named_after_nothing():
    drawers = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}

    assert [relative(path) for path in FILES if path.stem in drawers] == []


def test_no_import_cycle_exists():
    graph = grimp.build_graph(*ROOMS, include_external_packages=False, cache_dir=None)
    imports = {module: sorted(graph.find_modules_directly_imported_by(module)) for module in graph.modules}

    assert _cycles(imports) == []


def _cycles(imports):
    """Return the strongly connected components of more than one module (Tarjan 1972, iterative)."""
    index, low, on_stack, stack, found, count = {}, {}, set(), [], [], 0
    for root in sorted(imports):
        work = [(root, iter(imports[root]))] if root not in index else []
        if work:
            index[root] = low[root] = count = count + 1
            stack.append(root)
            on_stack.add(root)
        while work:
            node, rest = work[-1]
            for child in rest:
                if child not in index:
                    index[child] = low[child] = count = count + 1
                    stack.append(child)
                    on_stack.add(child)
                    work.append((child, iter(imports[child])))
                    break
                if child in on_stack:
                    low[node] = min(low[node], index[child])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    component = set()
                    while node not in component:
                        component.add(stack.pop())
                    on_stack -= component
                    if len(component) > 1:
                        found.append(sorted(component))
    return found


def test_the_cycle_finder_finds_one():
    assert _cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}) == [["a", "b", "c"]]
