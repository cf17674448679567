"""What the town hall means outlives every library: `civic` imports the standard library and itself, nothing else."""

import ast
import sys
from pathlib import Path

import pytest

CIVIC = Path(__file__).parents[1] / "civic"


@pytest.mark.parametrize("file", sorted(CIVIC.rglob("*.py")), ids=lambda file: file.stem)
def test_civic_needs_no_library(file: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported <= sys.stdlib_module_names | {"civic"}
