"""What commands say about other commands is said in the words of the editor's pages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from wardblog.preview.editor import editor_words
from wardblog.preview.editor.editor_words import IN_EDITOR, hint_in_editor, in_editor

PACKAGE = Path(editor_words.__file__).parents[2]


@pytest.fixture(scope="module")
def said() -> str:
    """All texts of the commands, with an empty line between them."""
    texts = []
    for path in PACKAGE.rglob("*.py"):
        if path.name == "editor_words.py" or "editor" in path.parts:
            continue
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        constants = (node.value for node in nodes if isinstance(node, ast.Constant))
        texts += [value for value in constants if isinstance(value, str)]
    return "\n\n".join(texts)


@pytest.mark.parametrize("sentence", [sentence for sentence, _ in IN_EDITOR])
def test_a_command_says_each_sentence(said: str, sentence: str) -> None:
    assert sentence in said


def test_the_words_of_the_page_name_no_command() -> None:
    assert [words for _, words in IN_EDITOR if "make " in words and "make it" not in words] == []


def test_everything_else_stays() -> None:
    assert (
        in_editor("Added case 1 to private/casework.csv.")
        == "Added case 1 to private/casework.csv."
    )
    assert in_editor(
        '1 file written. Run "make serve" to see the result before you publish it.'
    ) == ("1 file written. Look at the site before you publish it.")


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ('Fetch it first: make ward POSTCODE="SW11 5JY", with a postcode of your ward.',
         "Fetch it first: the page “The ward”, with a postcode of your ward."),
        ("To see the open cases, run: make cases", "To see the open cases, use the page “Cases”"),
        ('Run "make check", and correct it.', "Use the page “Publish”, and correct it."),
        ("Run make serve, and run the command again.", "Look at the site, and try again."),
        ("They make new friends; the company runs make fetch quests.",
         "They make new friends; the company runs make fetch quests."),
        ("Your issues are listed in content/issues.toml.",
         "Your issues are listed in the settings of issues and lists."),
        ("make reply CASE=4.", "the page “Replies”."),
        ("It is in mycommunity.toml.", "It is in mycommunity.toml."),
    ],
)  # fmt: skip
def test_other_commands_and_files_become_pages(said: str, words: str) -> None:
    assert in_editor(said) == words


@pytest.mark.long
def test_no_text_of_a_command_names_another(said: str) -> None:
    texts = (
        in_editor(text) for text in said.split("\n\n") if not text.lstrip().startswith("`make")
    )
    left = [one for text in texts for one in re.findall(r".*\brun:? \"?make .*", text)]
    assert [one for one in left if "make extras" not in one] == []


@pytest.mark.parametrize(
    "path", sorted((PACKAGE / "check").rglob("*.py")), ids=lambda one: one.name
)
def test_no_advice_of_a_check_asks_for_lines_at_the_top(path: Path) -> None:
    """Each string of the checks, with those that follow it in one expression put together."""
    texts = [
        node.value for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]  # fmt: skip
    for text in texts:
        if "write at the top" in text and "Allow: " in text and "because " in text:
            assert "Allow" not in hint_in_editor(text)[0]


_LINE = "write at the top: "
_PRESS = "press “This is right as it is” and say why."
_IS_PUBLIC = 'If it is public, add it in content/ward.toml, under [guard]: allow = ["a \\"b"]'


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        (
            f'Remove it, or {_LINE}"Allow: personal-data because she asked".',
            f"Remove it, or {_PRESS}",
        ),
        (f"If so, {_LINE}Allow: election-link because it is the council's own", f"If so, {_PRESS}"),
        (f"If so, {_LINE}Allow: question-x because ... (your reason)", f"If so, {_PRESS}"),
        (
            f'If so, {_LINE}"Allow: personal-data because she asked me to give it". {_IS_PUBLIC}',
            f"If so, {_PRESS} If it is public, add it here:",
        ),
        ("Give it, such as: Allow: personal-data because she asked.", "Give it."),
        ("Say where it goes.", "Say where it goes."),
        (
            "Check the name. A path begins at this file's folder, or with a slash at my content.",
            "Remove it, or choose it again with “Link” or “Picture” above the text.",
        ),
    ],
)
def test_advice_about_the_file_becomes_advice_about_the_page(hint: str, said: str) -> None:
    words, speaks_of_public = hint_in_editor(hint)
    assert words == said
    assert speaks_of_public is (_IS_PUBLIC in hint)
    assert ("open the post, press" in hint_in_editor(hint, is_open=False)[0]) is (_PRESS in said)
