"""What commands say about other commands is said in the words of the editor's pages."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from wardblog.preview.editor import said_here
from wardblog.preview.editor.said_here import HERE, here

PACKAGE = Path(said_here.__file__).parents[2]


@pytest.fixture(scope="module")
def said() -> str:
    """All texts of the commands, with an empty line between them."""
    texts = []
    for path in PACKAGE.rglob("*.py"):
        if path.name == "said_here.py" or "editor" in path.parts:
            continue
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        constants = (node.value for node in nodes if isinstance(node, ast.Constant))
        texts += [value for value in constants if isinstance(value, str)]
    return "\n\n".join(texts)


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in HERE])
def test_a_command_says_each_sentence(said: str, sentence: str) -> None:
    assert sentence in said


def test_the_words_of_the_page_name_no_command() -> None:
    assert [words for _, words in HERE if "make " in words and "make it" not in words] == []


def test_everything_else_stays() -> None:
    assert here("Added case 1 to private/casework.csv.") == "Added case 1 to private/casework.csv."
    assert here('1 file written. Run "make serve" to see the result before you publish it.') == (
        "1 file written. Look at the site before you publish it."
    )
