"""What the sanitiser lets through, takes out, and says about it."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lyceum.course.adapters.sanitising import Nh3Sanitiser
from lyceum.kernel.errors import ValidationFailed

SANITISER = Nh3Sanitiser()


@pytest.mark.parametrize(
    "html",
    [
        "",
        "plain text &amp; an entity",
        "<h2>Title</h2><p>Text with <b>bold</b>, <em>emphasis</em> and <code>code</code>.</p>",
        '<ul><li>one</li><li>two</li></ul><ol start="3"><li>three</li></ol>',
        '<table><caption>T</caption><thead><tr><th scope="col">a</th></tr></thead>'
        '<tbody><tr><td colspan="2">b</td></tr></tbody></table>',
        '<figure><img src="asset:static/a%20b.png" alt="A picture"><figcaption>Caption</figcaption></figure>',
        '<pre><code class="language-python">if a &lt; b:\n    pass</code></pre>',
        "<p>Inline \\(x^2\\) and \\[y\\] stay text</p>",
        '<details open=""><summary>More</summary><p>Text</p></details>',
        '<video src="asset:v.mp4" controls=""><track src="asset:v.vtt" kind="captions" srclang="en"></video>',
        "<pre>\n\nleading line break</pre>",
        '<p dir="rtl" lang="ar">نص</p>',
    ],
)
def test_rich_text_comes_through_as_it_is(html: str) -> None:
    clean = SANITISER.clean(html)
    assert clean.html == html
    assert clean.removed == ()


def test_links_keep_their_place_and_gain_a_guard() -> None:
    clean = SANITISER.clean('<a href="node:vertical/x">n</a><a href="https://example.org" target="_blank">e</a>')
    assert clean.html == (
        '<a href="node:vertical/x" rel="noopener noreferrer">n</a>'
        '<a href="https://example.org" rel="noopener noreferrer">e</a>'
    )
    assert clean.removed == ()


@pytest.mark.parametrize(
    ("html", "removed"),
    [
        ("<p>a<script>alert(1)</script>b</p>", ("script",)),
        ('<p onclick="x()" style="color: red">a</p>', ("@onclick", "@style")),
        ('<a href="javascript:alert(1)">a</a>', ("a@href",)),
        ('<a href=" JaVaScRiPt:alert(1)">a</a>', ("a@href",)),
        ('<img src="data:text/html,x" alt="a">', ("img@src",)),
        ('<iframe src="https://example.org"></iframe>a', ("iframe",)),
        ("<form><input><button>Go</button></form>", ("button", "form", "input")),
        ("<svg><path d='M0 0'/></svg>a", ("path", "svg")),
        ('<div class="fixed inset-0">a</div>', ("@class",)),
        ("<style>p { display: none }</style><p>a</p>", ("style",)),
        ('<base href="https://example.org/"><meta http-equiv="refresh"><link rel="x">a', ("base", "link", "meta")),
        ("<custom-element>a</custom-element>", ("custom-element",)),
        ("<tr><td>a</td></tr>", ("td", "tr")),
        ("<noscript><p>a</p></noscript>b", ("noscript", "p")),
    ],
)
def test_whatever_is_taken_out_is_named(html: str, removed: tuple[str, ...]) -> None:
    clean = SANITISER.clean(html)
    assert clean.removed == removed
    for word in ("<script", "onclick", "javascript", "data:", "<iframe", "<form", "<svg", "class=", "<style", "<base"):
        assert word not in clean.html.lower()


ATTACKS = [
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<a href="java\tscript:alert(1)">x</a>',
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<div><svg><foreignObject><body onload=alert(1)></foreignObject></svg></div>",
    '<video><source onerror="alert(1)"></video>',
    "<template><img src=x onerror=alert(1)></template>",
    '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="data:text/html,<script>alert(1)</script>"></object>',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_survives(attack: str) -> None:
    html = SANITISER.clean(attack).html
    # Escaped, such words are text; in a tag they act.
    tags = "".join(part.partition(">")[0] for part in html.split("<")[1:])
    assert "onerror" not in tags
    assert "onload" not in tags
    assert "script" not in tags.lower().replace("java%09script", "")
    assert SANITISER.clean(html).html == html


def test_ids_are_kept_apart_from_those_of_the_page_and_links_to_them_still_work() -> None:
    html = SANITISER.clean('<h2 id="root">T</h2><a href="#root">up</a><td headers="a b">').html
    assert 'id="text-root"' in html
    assert 'href="#text-root"' in html
    assert SANITISER.clean(html).html == html


PIECES = (
    "<p> </p> <b> </b> <table> <tr> <td> </td> </table> <div_id=a> </div> <a_href=#a> </a> <pre> </pre> <li> <ul> "
    "</ul> text &lt; & < <!-- --> <svg> <math> <style> </style> <img_src=asset:x> <script> </script> </body> <title> "
    "<h1> \n"
)
FRAGMENTS = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES.split(" ")]), max_size=25).map(
    "".join
)


@given(FRAGMENTS)
@settings(max_examples=300)
def test_cleaning_twice_is_cleaning_once(html: str) -> None:
    once = SANITISER.clean(html).html
    twice = SANITISER.clean(once)
    assert twice.html == once
    assert twice.removed == ()


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 50_000,
        "<b>" * 50_000,
        "<a " + " ".join(f"a{index}=1" for index in range(50_000)) + ">",
        "x" * 1_000_001,
    ],
)
def test_text_that_is_built_to_be_slow_is_refused(html: str) -> None:
    started = time.process_time()
    with pytest.raises(ValidationFailed):
        SANITISER.clean(html)
    assert time.process_time() - started < 5


def test_misnested_text_does_not_multiply() -> None:
    html = "".join(f"<b id=b{index}>" for index in range(100)) + "<p>x</p>" * 5_000
    assert len(SANITISER.clean(html).html) < 4 * len(html)
