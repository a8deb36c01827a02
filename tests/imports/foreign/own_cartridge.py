"""A Common Cartridge 1.3 of our own: every kind of question of its profile of QTI 1.2, and one of each other thing."""

import zipfile
from pathlib import Path

from .answering import NUMBER_THAT_NOBODY_ASKS_FOR, TEXT_THAT_NOBODY_ASKS_FOR, Key

BLANK = '<response_str ident="r"><render_fib><response_label ident="b"/></render_fib></response_str>'


def _field(label: str, entry: str) -> str:
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{entry}</fieldentry></qtimetadatafield>"


def _item(number: int, profile: str, presentation: str, condition: str) -> str:
    label = "cc_profile" if profile.startswith("cc.") else "question_type"
    return (
        f'<item ident="q{number}" title="Question {number}"><itemmetadata><qtimetadata>{_field(label, profile)}'
        '</qtimetadata></itemmetadata><presentation><material><mattext texttype="text/html">Well?</mattext></material>'
        f'{presentation}</presentation><resprocessing><outcomes><decvar varname="SCORE" maxvalue="100"/></outcomes>'
        f"<respcondition><conditionvar>{condition}</conditionvar>"
        '<setvar varname="SCORE" action="Set">100</setvar></respcondition></resprocessing></item>'
    )


def _choices(cardinality: str, **texts: str) -> str:
    labels = "".join(
        f'<response_label ident="{name}"><material><mattext>{text}</mattext></material></response_label>'
        for name, text in texts.items()
    )
    return (
        f'<response_lid ident="r" rcardinality="{cardinality}"><render_choice>{labels}</render_choice></response_lid>'
    )


def _equal(value: str) -> str:
    return f'<varequal respident="r" case="No">{value}</varequal>'


_BOTH = f"<and>{_equal('A')}<not>{_equal('B')}</not>{_equal('C')}</and>"
_BETWEEN = '<vargte respident="r">41.5</vargte><varlte respident="r">42.5</varlte>'

QUESTIONS = (
    ("cc.multiple_choice.v0p1", _choices("Single", A="Red", B="Green"), _equal("B")),
    ("cc.multiple_response.v0p1", _choices("Multiple", A="One", B="Two", C="Three"), _BOTH),
    ("cc.true_false.v0p1", _choices("Single", T="True", F="False"), _equal("T")),
    ("cc.fib.v0p1", BLANK, _equal("Paris")),
    ("cc.pattern_match.v0p1", BLANK, '<varsubstring respident="r">water</varsubstring>'),
    ("numerical_question", BLANK, _BETWEEN),
    ("cc.essay.v0p1", BLANK, "<other/>"),
    ("matching_question", _choices("Single", A="x", B="y"), _equal("A")),
)
KEYS = [
    Key("single_choice", ("Green",), ("Red",)),
    Key("multiple_choice", ("One", "Three"), ("Two",)),
    Key("single_choice", ("True",), ("False",)),
    Key("short_text", ("paris",), (TEXT_THAT_NOBODY_ASKS_FOR,)),
    Key("short_text", ("under water it is",), (TEXT_THAT_NOBODY_ASKS_FOR,)),
    Key("numeric", ("42.25",), (NUMBER_THAT_NOBODY_ASKS_FOR,)),
]
"""What is right and wrong in those that can be marked here, which come first."""

_QTI = 'xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2"'
_ITEMS = "".join(_item(number, *question) for number, question in enumerate(QUESTIONS, 1))
QUIZ = (
    f'<questestinterop {_QTI}><assessment ident="a" title="Everything"><qtimetadata>'
    f"{_field('cc_maxattempts', '2')}{_field('qmd_timelimit', '45')}</qtimetadata>"
    f'<section ident="root_section">{_ITEMS}</section></assessment></questestinterop>'
)
BANK = f'<questestinterop {_QTI}><objectbank ident="b">{_item(1, *QUESTIONS[0])}</objectbank></questestinterop>'

_RESOURCES = (
    ("page", "webcontent", "pages/page.html"),
    ("quiz", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment", "quiz/quiz.xml"),
    ("bank", "imsqti_xmlv1p2/imscc_xmlv1p3/question-bank", "bank/bank.xml"),
    ("link", "imswl_xmlv1p3", "link.xml"),
    ("topic", "imsdt_xmlv1p3", "topic.xml"),
    ("tool", "imsbasiclti_xmlv1p3", "tool.xml"),
    ("hologram", "hologram_xmlv9", "hologram.xml"),
    ("loose", "webcontent", "files/loose.pdf"),
    ("absent", "webcontent", "files/absent.pdf"),
)


def _manifest() -> str:
    resources = "".join(
        f'<resource identifier="{name}" type="{kind}" href="{path}"><file href="{path}"/></resource>'
        for name, kind, path in _RESOURCES
    )
    items = "".join(
        f'<item identifier="i-{name}" identifierref="{name}"><title>The {name}</title></item>'
        for name in ("page", "quiz", "link", "topic", "tool", "hologram", "absent", "nowhere")
    )
    return (
        '<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><metadata>'
        "<schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion></metadata><organizations>"
        '<organization identifier="o" structure="rooted-hierarchy"><item identifier="root">'
        f'<item identifier="i-week"><title>Week</title>{items}</item></item></organization></organizations>'
        f"<resources>{resources}</resources></manifest>"
    )


FILES = {
    "imsmanifest.xml": _manifest(),
    "pages/page.html": "<html><head><title>Page</title></head><body><p onclick='x()'>Read</p></body></html>",
    "quiz/quiz.xml": QUIZ,
    "bank/bank.xml": BANK,
    "link.xml": '<webLink xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3"><title>Link</title>'
    '<url href="https://example.org/"/></webLink>',
    "topic.xml": '<topic xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imsdt_v1p3"><title>Topic</title>'
    '<text texttype="text/html">Discuss</text></topic>',
    "tool.xml": '<cartridge_basiclti_link xmlns="http://www.imsglobal.org/xsd/imslticc_v1p0" '
    'xmlns:blti="http://www.imsglobal.org/xsd/imsbasiclti_v1p0"><blti:title>Tool</blti:title>'
    "<blti:launch_url>https://tool.example/launch</blti:launch_url></cartridge_basiclti_link>",
    "hologram.xml": "<hologram/>",
    "files/loose.pdf": "%PDF-1.4",
    "files/unnamed.txt": "in no manifest",
}


def write_cartridge(path: Path) -> Path:
    """Packs the cartridge."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(name, text)
    return path
