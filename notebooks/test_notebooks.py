"""The notebooks are as the repository wants them; that they run is what nbmake tests."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).parent
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request: pytest.FixtureRequest) -> nbformat.NotebookNode:
    return nbformat.read(request.param, nbformat.NO_CONVERT)


def test_outputs_are_stripped(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        assert cell.metadata == {}
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.language_info == {"name": "python"}


def test_cells_tell_before_they_compute(notebook: nbformat.NotebookNode) -> None:
    assert notebook.cells[0].cell_type == "markdown"
    assert notebook.cells[0].source.startswith("# ")
    assert all(cell.source.strip() for cell in notebook.cells)


def test_links_lead_somewhere(notebook: nbformat.NotebookNode) -> None:
    prose = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for link in re.findall(r"\]\(([^)#:]+)[^):]*\)", prose):
        assert (FOLDER / link).exists(), link


def test_readme_lists_every_notebook_in_order() -> None:
    readme = (FOLDER / "README.md").read_text()
    assert re.findall(r"\]\(([\w-]+\.ipynb)\)", readme) == [path.name for path in NOTEBOOKS]
    assert [path.name.split("-")[0] for path in NOTEBOOKS] == [str(n + 1) for n in range(len(NOTEBOOKS))]
