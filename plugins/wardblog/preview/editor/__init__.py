"""The editor: the whole kit in the councillor's own browser, on the councillor's own computer."""

from wardblog.preview.editor.app import Editor, make_editor

__all__ = ["Editor", "make_editor"]
