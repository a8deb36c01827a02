"""Open edX archives, walked without the importer's code: what is in them, and what their problems take for right."""

import ast
import contextlib
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from defusedxml.ElementTree import fromstring

from .answering import NUMBER_THAT_NOBODY_ASKS_FOR, TEXT_THAT_NOBODY_ASKS_FOR, Key, plain

Element = ElementTree.Element
KINDS = {"chapter": "section", "sequential": "lesson", "vertical": "page", "html": "rich_text"}
LEVELS = ("chapter", "sequential", "vertical")
HOLDERS = ("course", "library", *LEVELS, "library_content", "split_test", "conditional", "wrapper")
ANSWERABLE = {
    "multiplechoiceresponse": "single_choice",
    "choiceresponse": "multiple_choice",
    "optionresponse": "dropdown",
    "numericalresponse": "numeric",
    "stringresponse": "short_text",
}


@dataclass(frozen=True)
class Node:
    """An element of the course where it stands, with what is in the file that it points to."""

    tag: str
    name: str
    element: Element
    children: tuple["Node", ...] = ()

    @property
    def source(self) -> str:
        return f"{self.tag}/{self.name}"

    @property
    def kind(self) -> str:
        """What the loss report calls it."""
        return KINDS.get(self.tag, self.tag)

    @property
    def title(self) -> str:
        return " ".join(self.element.get("display_name", "").split())

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


class Archive:
    """An OLX archive. `files` are by their path below the folder of the course."""

    def __init__(self, path: Path) -> None:
        with tarfile.open(path) as opened:
            content = {each.name: opened.extractfile(each).read() for each in opened if each.isfile()}
        folder = min((name for name in content if re.search(r"(^|/)(course|library)\.xml$", name)), key=len)
        start = len(folder.rpartition("/")[0]) + 1 if "/" in folder else 0
        self.files = {name[start:]: data for name, data in content.items()}
        root = "course.xml" if "course.xml" in self.files else "library.xml"
        self.root = self._node(fromstring(self.files[root]), "course")

    def nodes(self, *tags: str) -> list[Node]:
        """Everything below the course in its order; only these tags, if any are given."""
        _, *below = self.root.walk()
        return [node for node in below if not tags or node.tag in tags]

    def _node(self, element: Element, fallback: str) -> Node:
        name = element.get("url_name") or element.get("slug") or fallback
        tag = element.tag
        file = self.files.get(f"{tag}/{name.replace(':', '/')}.xml")
        bare = not len(element) and not (element.text or "").strip()
        if file is not None and bare:
            with contextlib.suppress(ElementTree.ParseError):
                element = fromstring(file)
        children = ()
        if tag in HOLDERS:
            children = tuple(self._node(inner, f"{name}-{inner.tag}-{n}") for n, inner in enumerate(element))
        return Node(tag, name, element, children)

    def unaccounted(self, sources: set[str]) -> list[str]:
        """The files that no line speaks of: neither by name, nor by the element that they define."""
        texts = {
            f"html/{node.element.get('filename', '').removesuffix('.html')}.html"
            for node in self.nodes("html")
            if node.source in sources
        }
        lost = []
        for path in self.files:
            defines = path.rpartition(".")[0]
            if path in sources or path in texts or (path.endswith(".xml") and defines in sources):
                continue
            if path.endswith(".xml") and path.count("/") == 0:  # the root, which points to the course
                continue
            lost.append(path)
        return lost

    def absent_files(self) -> set[str]:
        """The files that texts and problems name and the archive does not hold."""
        held = {_cleaned(path) for path in self.files if path.startswith("static/")}
        named = set()
        for node in self.nodes("html", "problem"):
            file = self.files.get(f"html/{node.element.get('filename', '').removesuffix('.html')}.html", b"")
            text = ElementTree.tostring(node.element, "unicode") + file.decode("utf-8", "replace")
            named |= {f"static/{unquote(name)}" for name in re.findall(r"""=["']/static/([^"'?#]+)["'?#]""", text)}
        return {name for name in named if _cleaned(name) not in held}


def _cleaned(path: str) -> str:
    return re.sub(r"[^\w./~-]", "_", path)


def responses(problem: Element) -> list[tuple[str, Element]]:
    """What a problem asks, by the word of Open edX: a response, or each menu of one that has several."""
    found = []
    for element in problem.iter():
        if element.tag.endswith("response"):
            menus = list(element.iter("optioninput")) if element.tag == "optionresponse" else []
            found += [(element.tag, part) for part in (menus if len(menus) > 1 else [element])]
    return found


def key_of(tag: str, element: Element) -> Key:
    """What is right and what is wrong, as the XML has it."""
    kind = ANSWERABLE[tag]
    if tag in ("multiplechoiceresponse", "choiceresponse"):
        choices = [(choice.get("correct") == "true", _words(choice)) for choice in element.iter("choice")]
        right = tuple(text for correct, text in choices if correct)
        wrong = tuple(text for correct, text in choices if not correct)
        return Key(kind, right if kind == "multiple_choice" else right[:1], wrong[:1])
    if tag == "optionresponse":
        menu = next(element.iter("optioninput"))
        listed = [(each.get("correct") == "True", _words(each)) for each in menu.iter("option")]
        if not listed:
            texts = ast.literal_eval(menu.get("options"))
            listed = [(text == menu.get("correct"), text) for text in texts]
        first = dict(reversed(listed))
        return Key(kind, (first[True],), (first[False],))
    if tag == "numericalresponse":
        return Key(kind, (element.get("answer"),), (NUMBER_THAT_NOBODY_ASKS_FOR,))
    answer = element.get("answer")
    if "regexp" not in element.get("type", ""):
        return Key(kind, (answer,), (TEXT_THAT_NOBODY_ASKS_FOR,))
    matching = re.sub(r"\.[*+]?", "a", answer)
    assert re.fullmatch(answer, matching)
    # What takes every text leaves only the blank to be wrong.
    return Key(
        kind, (matching,), () if re.fullmatch(answer, TEXT_THAT_NOBODY_ASKS_FOR) else (TEXT_THAT_NOBODY_ASKS_FOR,)
    )


def _words(choice: Element) -> str:
    """The text of a choice without the hints in it."""
    pieces = [choice.text or ""]
    for inner in choice:
        if not inner.tag.endswith("hint"):
            pieces.append(ElementTree.tostring(inner, "unicode"))
        else:
            pieces.append(inner.tail or "")
    return plain(" ".join(pieces))
