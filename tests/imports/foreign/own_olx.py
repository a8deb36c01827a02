"""A course of our own in OLX: every kind of question, and one of each thing that cannot come along."""

import io
import tarfile
from pathlib import Path

PROBLEMS = {
    "one": """<problem display_name="One of many"><multiplechoiceresponse><label>Which is even?</label>
      <choicegroup type="MultipleChoice"><choice correct="false">Seven <choicehint>No</choicehint></choice>
      <choice correct="true">E<em>igh</em>t</choice><choice correct="false">Nine</choice></choicegroup>
      </multiplechoiceresponse></problem>""",
    "some": """<problem display_name="Some of many" max_attempts="1"><choiceresponse><label>Which are odd?</label>
      <checkboxgroup><choice correct="true">Three</choice><choice correct="false">Four</choice>
      <choice correct="true">Five &amp; a half &lt; 6</choice></checkboxgroup></choiceresponse></problem>""",
    "menus": """<problem display_name="Menus"><p>Pick</p>
      <optionresponse><optioninput options="('red','green')" correct="green"/></optionresponse>
      <optionresponse><optioninput><option correct="False">up</option><option correct="True">down
      <optionhint>Yes</optionhint></option></optioninput></optionresponse></problem>""",
    "number": """<problem display_name="Numbers" weight="3" showanswer="never"><p>How much?</p>
      <numericalresponse answer="12.5"><responseparam type="tolerance" default="2%"/><formulaequationinput/>
      </numericalresponse><numericalresponse answer="1/3"><formulaequationinput/></numericalresponse></problem>""",
    "word": """<problem display_name="Words"><stringresponse answer="Paris" type="ci"><label>Capital?</label>
      <additional_answer answer="Lutetia"/><textline/></stringresponse>
      <stringresponse answer="b.g" type="ci regexp"><textline/></stringresponse>
      <customresponse cfn="grade"><textline/></customresponse></problem>""",
    "formula": """<problem display_name="Formula"><formularesponse type="ci" samples="x@1:2#3" answer="x^2">
      <formulaequationinput/></formularesponse></problem>""",
    "scripted": """<problem display_name="Scripted"><script type="loncapa/python">z = 4</script>
      <numericalresponse answer="$z"><formulaequationinput/></numericalresponse></problem>""",
}
PAGES = {
    "p1": """<html url_name="h1"/><problem url_name="one"/><problem url_name="some"/><discussion url_name="d"
      discussion_category="c" discussion_target="t"/><html url_name="gone"/>""",
    "p2": """<problem url_name="menus"/><problem url_name="number"/><problem url_name="word"/>
      <video url_name="v1" youtube="1.00:abc" display_name="Film"/><hologram url_name="x" glow="4"/>""",
    "p3": """<problem url_name="formula"/><problem url_name="scripted"/><html url_name="broken"/>
      <lti url_name="t" launch_url="https://tool.example/launch" custom_parameters="[&quot;a=b&quot;]"/>
      <library_content url_name="lib" max_count="1"><problem url_name="inside" display_name="Inside">
      <numericalresponse answer="5"><formulaequationinput/></numericalresponse></problem>
      <html url_name="h2"><p>Inline</p></html></library_content>""",
}
FILES = {
    "course.xml": '<course url_name="run" org="Own" course="C1"/>',
    "course/run.xml": """<course display_name="Ours" start="2030-02-01T00:00:00Z" cert_html_view_enabled="true">
      <chapter url_name="c1"/><chapter url_name="c2"/><wiki slug="Own.C1"/></course>""",
    "chapter/c1.xml": '<chapter display_name="First"><sequential url_name="s1"/></chapter>',
    "chapter/c2.xml": '<chapter display_name="Second"><sequential url_name="s2"/></chapter>',
    "sequential/s1.xml": '<sequential display_name="Simple" graded="true" format="Quiz"><vertical url_name="p1"/>'
    '<vertical url_name="p2"/></sequential>',
    "sequential/s2.xml": '<sequential display_name="Hard" hide_after_due="true"><vertical url_name="p3"/></sequential>',
    **{
        f"vertical/{name}.xml": f'<vertical display_name="Page {name}">{body}</vertical>'
        for name, body in PAGES.items()
    },
    **{f"problem/{name}.xml": body for name, body in PROBLEMS.items()},
    "html/h1.xml": '<html filename="h1" display_name="Text"/>',
    "html/h1.html": '<p onclick="x()">A <img src="/static/here.png"/> and <a href="/static/not here.pdf">this</a>.</p>'
    "<script>1</script>",
    "html/broken.xml": "<html filename=",
    "html/nobody.html": "<p>Nothing leads here</p>",
    "about/overview.html": "<p>About</p>",
    "about/effort.html": "2 hours",
    "info/handouts.html": "<p>Handout</p>",
    "tabs/extra.html": "<p>Extra</p>",
    "policies/run/policy.json": '{"course/run": {"tabs": [{"type": "static_tab", "url_slug": "extra", "name": "Extra"},'
    '{"type": "wiki", "name": "Wiki"}], "mobile_available": true}, "chapter/lost": {"start": "2030-01-01"}}',
    "policies/run/grading_policy.json": '{"GRADER": [{"type": "Quiz", "weight": 1}], "GRADE_CUTOFFS": {"Pass": 0.5}}',
    "static/here.png": "\x89PNG",
    "static/unused.css": "p { color: red }",
}


def write_course(path: Path) -> Path:
    """Packs the course."""
    with tarfile.open(path, "w:gz") as archive:
        for name, text in FILES.items():
            content = text.encode()
            entry = tarfile.TarInfo(f"course/{name}")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return path
