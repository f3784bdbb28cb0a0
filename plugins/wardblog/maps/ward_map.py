"""Folium's map without its page: no external library, no inline script, no random names.

No text from the content reaches a template or a script here. The script has only our own numbers
and names; everything about places, streets and tiles is in a JSON file, and is shown as text.
"""

from __future__ import annotations

from functools import lru_cache

import folium
from branca.element import Element, MacroElement
from folium.template import Template

from wardblog.maps.projection import Bounds


class _RawText(Element):  # type: ignore[misc] # branca has no types
    """Finished text that is not rendered again."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_: object) -> str:
        return self._text


class _RenderedOnce(MacroElement):  # type: ignore[misc] # the same
    """An element that is rendered once: branca would render its output a second time.

    Text that looks like a template would then be executed, and compiling it would be slow.
    """

    def render(self, **kwargs: object) -> None:
        page = self.get_root()
        for part in ("html", "script"):
            macro = getattr(self._template.module, part, None)
            if macro is not None:
                written = _RawText(macro(self, kwargs))
                getattr(page, part).add_child(written, name=self.get_name())
        for element in self._children.values():
            element.render(**kwargs)


class WardMap(_RenderedOnce, folium.Map):  # type: ignore[misc] # Folium has none either
    """A Leaflet map that replaces its picture once it is drawn.

    `folium.Map` adds ten files from four hosts to each page; this one adds none, since the theme
    has Leaflet. Other layers of Folium can be added to it as usual.
    """

    default_js = ()
    default_css = ()

    _template = Template(
        """
        {%- macro html(this, kwargs) -%}
        <div class="map-live" id="{{ this.get_name() }}"></div>
        {%- endmacro -%}
        {%- macro script(this, kwargs) -%}
        const {{ this.get_name() }} = wardMap({{ this.get_name()|tojson }}, {{ this.box|tojson }});
        {% endmacro -%}
        """
    )

    def __init__(self, bounds: Bounds) -> None:
        middle = [(bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2]
        super().__init__(location=middle, tiles=None)
        # branca draws a random name; the same content has to give the same bytes.
        self._id = "ward"
        self.box = [
            [round(bounds.south, 6), round(bounds.west, 6)],
            [round(bounds.north, 6), round(bounds.east, 6)],
        ]


class PlacesLayer(_RenderedOnce):
    """The ward's outline and the places, from the JSON file beside the page."""

    _template = Template(
        """
        {%- macro script(this, kwargs) -%}
        wardPlaces({{ this._parent.get_name() }});
        {% endmacro -%}
        """
    )

    def __init__(self) -> None:
        super().__init__()
        self._name = "PlacesLayer"
        self._id = "places"


@lru_cache(maxsize=4)
def live_map(bounds: Bounds) -> tuple[str, bytes]:
    """The element that is to be a map, and its script; most maps of a site have the same."""
    ward_map = WardMap(bounds)
    PlacesLayer().add_to(ward_map)
    ward_map.render()
    page = ward_map.get_root()
    return page.html.render().strip(), f"{page.script.render().strip()}\n".encode()
