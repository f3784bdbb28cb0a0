"""The table of all rules; README's is made from it."""

from __future__ import annotations

from wardblog.check import (
    addresses,
    attribution,
    authors,
    dates,
    election,
    html,
    languages,
    law,
    link_words,
    links,
    personal,
    pictures,
    places,
    precision,
    publishing,
    raw,
    readable_colours,
    reading_ease,
    structure,
    tags,
    texts,
    validity,
)
from wardblog.check.built import imprint, pages, sources, strings, targets
from wardblog.check.rule import BuiltRule, PostRule, Rule, SiteRule
from wardblog.problems import Severity

_STOP, _WARN = Severity.STOP, Severity.WARN
_POSTS, _SETTINGS = "README.md#the-first-post", "README.md#make-it-yours"
_LISTS, _FEEDS = "README.md#the-first-data-set", "README.md#how-residents-follow-you"
_WRITING = "https://www.gov.uk/guidance/content-design/writing-for-gov-uk"
_WCAG = "https://www.w3.org/WAI/WCAG22/Understanding/"
_IMPRINT = "https://www.legislation.gov.uk/ukpga/2022/37/part/6"
_ELECTION = "https://www.legislation.gov.uk/ukpga/1986/10/section/2"

RULES: tuple[Rule, ...] = (
    SiteRule(
        "misspelt-issue", _STOP, "a post under a misspelt issue is missing from its page",
        _POSTS, True, tags.misspelt_issue,
    ),
    SiteRule(
        "no-issue", _STOP, "a post about none of the issues is on no issue's page",
        _POSTS, False, tags.no_issue,
    ),
    SiteRule(
        "same-address", _STOP, "of two posts at one address one replaces the other",
        _POSTS, False, addresses.same_address,
    ),
    SiteRule(
        "taken-alias", _STOP, "an old address that is in use cannot lead on",
        _POSTS, False, addresses.taken_alias,
    ),
    SiteRule(
        "reserved-address", _STOP, "a page would replace one that the site makes itself",
        _POSTS, False, addresses.reserved_address,
    ),
    SiteRule(
        "misspelt-author", _STOP, "a post under a name that nobody has is nobody's",
        _POSTS, True, authors.misspelt_author,
    ),
    SiteRule(
        "two-files", _STOP, "of two files with one post in them one is out of date",
        _POSTS, False, addresses.two_files,
    ),
    SiteRule(
        "not-markdown", _STOP, "a post in another form is not published",
        _POSTS, False, addresses.not_markdown,
    ),
    SiteRule(
        "unknown-file", _WARN, "a file that nothing reads was probably meant for something",
        _POSTS, False, addresses.unknown_file,
    ),
    SiteRule(
        "source-among-images", _STOP, "a post among the images is missing without a word",
        _POSTS, False, addresses.source_among_images,
    ),
    SiteRule(
        "misplaced", _WARN, "a post that lies elsewhere is not published",
        _POSTS, False, addresses.misplaced,
    ),
    SiteRule(
        "odd-name", _STOP, "no address can have every sign that a file's name can",
        "https://www.rfc-editor.org/rfc/rfc3986#section-2", False, addresses.odd_name,
    ),
    SiteRule(
        "broken-link", _STOP, "a link, a picture or a download that leads nowhere",
        _POSTS, False, links.broken_link,
    ),
    SiteRule(
        targets.NOWHERE, _STOP, "an address of the site at which there is nothing",
        _POSTS, True, links.link_to_nowhere,
    ),
    SiteRule(
        "missing-image", _STOP, "the picture that a post is shared with is not there",
        _POSTS, False, links.missing_image,
    ),
    SiteRule(
        "replaces-a-page", _STOP, "a file would replace one that the site makes itself",
        _POSTS, False, links.replaces_a_page,
    ),
    SiteRule(
        "raw-list", _STOP, "a council's list has columns that must not be published",
        _LISTS, False, links.raw_list,
    ),
    SiteRule(
        "personal-data", _STOP, "what is known of people is not published without their consent",
        "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/personal-information-"
        "what-is-it/what-is-personal-data/", True, personal.personal_data, needs_settings=True,
    ),
    SiteRule(
        "personal-answer", _STOP, "answers stay in the file, and are repeated in public logs",
        _POSTS, False, personal.telling_answers,
    ),
    SiteRule(
        "photo-metadata", _WARN, "a photograph that is passed on tells what its camera wrote",
        "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/personal-information-"
        "what-is-it/what-is-personal-data/", False, personal.photo_metadata, needs_settings=True,
    ),
    SiteRule(
        "people-in-list", _STOP, "a list of places must not be a list of people",
        _LISTS, False, personal.people_in_list, needs_settings=True,
    ),
    SiteRule(
        "unsafe-file", _STOP, "settings, and files that run something, are not for residents",
        _POSTS, False, raw.unsafe_file,
    ),
    SiteRule(
        "private-file", _STOP, "a file that nobody has read is published with all that it holds",
        _POSTS, True, raw.private_file,
    ),
    SiteRule(
        "unread-file", _WARN, "a scan of a letter is published with all that can be seen on it",
        _POSTS, True, raw.unread_file,
    ),
    SiteRule(
        "raw-sheet", _WARN, "a spreadsheet holds more than can be seen on it",
        _POSTS, True, raw.raw_sheet,
    ),
    SiteRule(
        "modified-ahead", _WARN, "readers would not be told of a change that is still to come",
        _FEEDS, False, texts.modified_ahead,
    ),
    SiteRule(
        "far-away", _WARN, "a place far from the ward was probably mistyped",
        _POSTS, True, places.far_away,
    ),
    SiteRule(
        "none-inside", _WARN, "a list of which nothing lies in the ward shows nothing",
        _LISTS, False, places.none_inside,
    ),
    SiteRule(
        publishing.NO_URL, _WARN, "a site without an address cannot be published",
        _SETTINGS, False, publishing.no_url, needs_settings=True,
    ),
    SiteRule(
        "broken-picture", _STOP, "a picture that is not whole is shown in part, or not at all",
        _POSTS, False, pictures.broken_picture,
    ),
    SiteRule(
        "huge-picture", _STOP, "a picture that fills the memory stops the computer",
        "https://cwe.mitre.org/data/definitions/409.html", False, pictures.huge_picture,
    ),
    SiteRule(
        "large-picture", _WARN, "a picture of 40 megapixels is made smaller for nobody's gain",
        _POSTS, False, pictures.large_picture,
    ),
    SiteRule(
        "misnamed-picture", _STOP, "browsers are told by its name what a picture is",
        "https://mimesniff.spec.whatwg.org/#image-type-pattern-matching-algorithm", False,
        pictures.misnamed_picture,
    ),
    SiteRule(
        "unsupported-picture", _STOP, "a picture that browsers cannot show is a gap in the page",
        "https://developer.mozilla.org/en-US/docs/Web/Media/Guides/Formats/Image_types", False,
        pictures.unsupported_picture,
    ),
    SiteRule(
        "taken-picture-name", _STOP, "of two files under one name one replaces the other",
        _POSTS, False, pictures.taken_name,
    ),
    SiteRule(
        "imprint", _STOP, "an imprint without a name and a postal address is none",
        _IMPRINT, False, law.imprint, needs_settings=True,
    ),
    SiteRule(
        "imprint-postcode", _WARN, "an address without a postcode may not be found",
        _IMPRINT, False, law.imprint_postcode, needs_settings=True,
    ),
    SiteRule(
        "imprint-on-behalf", _WARN, "an imprint says on whose behalf material is published",
        _IMPRINT, False, law.imprint_on_behalf, needs_settings=True,
    ),
    SiteRule(
        "attribution", _WARN, "licences ask to say whose data, map and postcodes are shown",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", False,
        attribution.attribution,
    ),
    SiteRule(
        "election-email", _STOP, "before a poll, what a council pays for must help no candidate",
        _ELECTION, False, election.election_email, needs_settings=True,
    ),
    SiteRule(
        "election-logo", _STOP, "before a poll, a council's logo would seem to back its candidate",
        _ELECTION, False, election.election_logo, needs_settings=True,
    ),
    SiteRule(
        "election-link", _STOP, "before a poll, a link to what a council pays for makes use of it",
        _ELECTION, True, election.election_link, needs_settings=True,
    ),
    SiteRule(
        "election-soon", _WARN, "what will be stopped before a poll is best mended in good time",
        _ELECTION, False, election.election_soon, needs_settings=True,
    ),
    SiteRule(
        "predetermination", _WARN, "who decides on an application must not have decided before",
        "https://www.legislation.gov.uk/ukpga/2011/20/section/25", True,
        law.predetermination, needs_settings=True,
    ),
    SiteRule(
        "exact-pin", _STOP, "an exact pin of a complaint points at somebody's home",
        "https://www.legislation.gov.uk/eur/2016/679/article/5", True, precision.exact_pin,
    ),
    SiteRule(
        "low-contrast", _WARN, "a colour too light to be read is shown as another",
        _WCAG + "contrast-minimum", False, readable_colours.low_contrast,
    ),
    PostRule(
        "no-alternative", _STOP, "a picture without words says nothing to those who cannot see it",
        _WCAG + "non-text-content", True, pictures.no_alternative,
    ),
    PostRule(
        "useless-alternative", _STOP, "the name of a file read aloud says nothing of the picture",
        _WCAG + "non-text-content", True, pictures.useless_alternative,
    ),
    PostRule(
        "no-text", _WARN, "a post without a text was probably not finished",
        _POSTS, False, texts.no_text,
    ),
    PostRule(
        "second-title", _WARN, "a second main heading hides which one is the title",
        _WCAG + "headings-and-labels", False, texts.second_title,
    ),
    PostRule(
        "unsafe-html", _STOP, "HTML that runs, sends or fetches could be turned against readers",
        "https://owasp.org/www-community/attacks/xss/", False, html.unsafe_html,
    ),
    PostRule(
        "left-out-html", _WARN, "HTML that not every reader shows is missing without a word",
        _POSTS, False, html.left_out_html,
    ),
    # Asked of words while the files are read, where the lines are known; and of drawings here.
    SiteRule(
        "unsafe-data", _STOP, "a name that runs as HTML could be turned against readers",
        "https://owasp.org/www-community/attacks/xss/", False, raw.unsafe_drawing,
    ),
    PostRule(
        "invalid-html", _STOP, "browsers and screen readers guess differently at broken HTML",
        "https://html.spec.whatwg.org/multipage/dom.html#content-models", False,
        validity.invalid_html,
    ),
    PostRule(
        "heading-order", _WARN, "who listens to a page finds their way by its headings",
        _WCAG + "headings-and-labels", False, structure.heading_order,
    ),
    PostRule(
        "table-headers", _WARN, "without headings nobody who listens knows what a figure is of",
        _WCAG + "info-and-relationships", False, structure.table_headers,
    ),
    PostRule(
        "empty-link", _STOP, "a link without words cannot be seen or named",
        _WCAG + "link-purpose-in-context", False, link_words.empty_link,
    ),
    PostRule(
        "link-text", _WARN, "who hears links alone must know where each leads",
        _WCAG + "link-purpose-in-context", True, link_words.link_text,
    ),
    PostRule(
        "language-of-parts", _WARN, "words are read out wrongly in a language that is not theirs",
        _WCAG + "language-of-parts", False, languages.language_of_parts,
    ),
    PostRule(
        "hard-words", _WARN, "what is hard to read is left unread",
        _WRITING, True, reading_ease.hard_words,
    ),
    PostRule(
        "long-sentence", _WARN, "in a long sentence readers lose the thread",
        _WRITING, True, reading_ease.long_sentence,
    ),
    PostRule(
        "past-date", _WARN, "who comes on a wrong day comes in vain",
        _POSTS, True, dates.past_date,
    ),
    PostRule(
        "dated-page", _WARN, "a post among the pages is in no list and no feed",
        _POSTS, False, texts.dated_page,
    ),
    PostRule(
        "placed-page", _WARN, "what only posts have is passed over on a page",
        _POSTS, False, texts.placed_page,
    ),
    BuiltRule(
        "missing-imprint", _STOP, "the law asks for it on every page, feed, entry and picture",
        "https://www.legislation.gov.uk/ukpga/2022/37/section/42", False, imprint.missing_imprint,
    ),
    BuiltRule(
        "missing-attribution", _STOP, "a licence asks for its words wherever the data is shown",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", False,
        sources.missing_attribution,
    ),
    BuiltRule(
        "personal-data-in-output", _STOP, "a file must give nobody away, whatever it is made from",
        "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/personal-information-"
        "what-is-it/what-is-personal-data/", False, strings.personal_data_in_output,
    ),
    BuiltRule(
        "dead-link", _STOP, "a page or a feed leads to, or loads, what is not there",
        "https://www.w3.org/Provider/Style/URI", False, targets.dead_link,
    ),
    BuiltRule(
        "dead-anchor", _STOP, "a link to a heading that is not there leads to the wrong place",
        "https://html.spec.whatwg.org/multipage/browsing-the-web.html#scroll-to-fragid", True,
        targets.dead_anchor,
    ),
    BuiltRule(
        "page-structure", _STOP, "a page that is built wrongly is lost on screen readers",
        _WCAG + "info-and-relationships", False, pages.page_structure,
    ),
)  # fmt: skip
