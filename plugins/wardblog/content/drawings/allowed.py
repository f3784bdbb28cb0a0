"""The elements, attributes and properties that a drawing may contain.

Names are those of SVG 2 (https://www.w3.org/TR/SVG2/eltindex.html and attindex.html). Left out is
whatever runs (`script`, event attributes), fetches (`foreignObject`, `cursor`, `font-face-uri`) or
is only for the program that the drawing was made with.
"""

from __future__ import annotations

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XHTML = "http://www.w3.org/1999/xhtml"
XML = "http://www.w3.org/XML/1998/namespace"


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SHAPES = "circle ellipse image line path polygon polyline rect text textPath tspan use"
_GROUPS = "a clipPath defs desc g marker mask pattern style svg switch symbol title view"
_PAINTS = "linearGradient radialGradient stop"
_FILTERS = (
    "filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix "
    "feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB "
    "feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight "
    "feSpecularLighting feSpotLight feTile feTurbulence"
)
_MOVES = "animate animateMotion animateTransform mpath set"
MOVING = _names(_MOVES)
ELEMENTS = _names(f"{_SHAPES} {_GROUPS} {_PAINTS} {_FILTERS} {_MOVES}")

# Those that CSS knows as well, so that they may be in a style too.
PROPERTIES = _names(
    """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters color-rendering cx cy direction display dominant-baseline fill
    fill-opacity fill-rule filter flood-color flood-opacity font font-family font-feature-settings
    font-kerning font-size font-size-adjust font-stretch font-style font-variant
    font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric
    font-variation-settings font-weight glyph-orientation-horizontal glyph-orientation-vertical
    height image-rendering inline-size isolation kerning letter-spacing lighting-color line-height
    marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity overflow
    paint-order pointer-events r rx ry shape-inside shape-margin shape-padding shape-rendering
    shape-subtract stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tab-size
    text-align text-align-last text-anchor text-decoration text-decoration-color
    text-decoration-line text-decoration-style text-indent text-orientation text-overflow
    text-rendering text-transform transform transform-box transform-origin unicode-bidi
    vector-effect visibility white-space width word-spacing writing-mode x y
    """
)
ATTRIBUTES = PROPERTIES | _names(
    """
    accumulate additive amplitude attributeName azimuth baseFrequency begin bias by calcMode class
    clip clipPathUnits d diffuseConstant divisor dur dx dy edgeMode elevation end exponent
    fill-opacity filterUnits fr from fx fy gradientTransform gradientUnits id in in2 intercept k1
    k2 k3 k4 kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lang lengthAdjust
    limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits max media
    method min mode numOctaves offset operator order orient origin path pathLength
    patternContentUnits patternTransform patternUnits points pointsAtX pointsAtY pointsAtZ
    preserveAlpha preserveAspectRatio primitiveUnits radius refX refY repeatCount repeatDur
    requiredExtensions requiredFeatures restart result role rotate scale seed side slope spacing
    specularConstant specularExponent spreadMethod startOffset stdDeviation stitchTiles
    surfaceScale systemLanguage tableValues target targetX targetY textLength to type values
    version viewBox x1 x2 xChannelSelector y1 y2 yChannelSelector z zoomAndPan
    """
)
# Their values are words or names, which nothing takes for anything else.
WORDS = frozenset(("class", "id", "lang", "role", "systemLanguage"))
# What an animation may change: what draws, but no address, style or class.
CHANGED = ATTRIBUTES - WORDS - frozenset(("attributeName", "begin", "end", "media", "type"))
FUNCTIONS = _names(
    """
    accesskey blur brightness calc clamp color color-mix contrast cubic-bezier device-cmyk
    drop-shadow format grayscale hsl hsla hue-rotate hwb icc-color invert lab lch matrix matrix3d
    max min oklab oklch opacity perspective rgb rgba rotate rotatex rotatey rotatez saturate scale
    scalex scaley sepia skew skewx skewy steps translate translatex translatey var
    """
)
# What runs or fetches, whatever it is inside of; the rest that is not on the list only goes.
HARMFUL = _names(
    """
    applet audio base canvas cursor discard embed font-face-uri foreignObject
    form frame handler iframe input link listener meta object prefetch script source template tref
    video
    """
)
