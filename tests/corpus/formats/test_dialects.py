"""Markdown of the dialects of the field: every construct becomes the reading form."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.formats import extract
from corpus.formats.dialects.from_dialect import from_markdown, from_mdx, read_dialect
from tests.paths import ROOT

DOCUMENTS = sorted((ROOT / "corpus" / "documents").glob("*.md"))


def lowered(text: str, *, mdx: bool = False) -> str:
    """Return the reading form without the number of blank lines, which means nothing."""
    return re.sub(r"\n(?:[ \t]*\n)+", "\n\n", read_dialect(text, mdx=mdx).text).strip("\n")


def left_out(text: str, *, mdx: bool = False) -> dict[str, tuple[str, ...]]:
    return {one.what: one.examples for one in read_dialect(text, mdx=mdx).left_out}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_documents_of_the_project_come_out_as_they_went_in(path: Path) -> None:
    content = path.read_bytes()
    extracted = from_markdown(content)
    assert extracted.text.encode() == content
    assert extracted.left_out == ()


PLAIN = (
    "---\ntitle: Kestrel Vault\nregions:\n- Oslo\n---\n\n# Kestrel Vault\n\nData stays in Oslo.\n",
    "# A\r\n\r\nLines of *Windows* end\r\nlike this.\r\n",
    "Sites (Seoul, {Busan, Daegu}) and a < b, 3 > 2, `<b>{{ x }}</b>`.\n",
    "```liquid\n{{ x }} <b> {% if y %}\n:::note\n```\n\n~~~~\n!!! note\n~~~~\n",
    "Shown as code:\n\n    {% include a %}\n    <div>:::note\n\nAfter.\n",
    "- item\n\n      <b>code in the item</b>\n\n- ```\n  {{ x }}\n  ```\n",
    "> [!NOTE]\n> Kept in Turku.\n\n> ```\n> <i>code</i>\n> ```\n",
    "| A | B |\n| --- | --- |\n| x<br>y | \\<z> |\n",
    "See <https://kestrel.example/a?b=c> or <dpo@kestrel.example>.\n",
    "import your data from the console first.\n\nexport default settings before you go.\n",
    "Text[^a] and ~~old~~ and H~2~O^1^.\n\n[^a]: A note.\n\n- [x] done\n- [ ] open\n",
    "::: note Mind\n\nText.\n\n:::\n\n::: tab Label\n\nText.\n\n:::\n",
    "Setext\n======\n\nOther\n---\n\nText.\n\n***\n\nEnd.\n",
    "Escaped \\<b> and \\{x\\} and \\`tick <-- arrow.\n",
)


@pytest.mark.parametrize("text", PLAIN)
def test_plain_markdown_comes_out_as_it_went_in(text: str) -> None:
    extracted = read_dialect(text)
    assert extracted.text == text
    assert extracted.left_out == ()


def test_properties_of_toml_and_json_become_yaml_with_what_was_written() -> None:
    toml = '+++\ntitle = "Sites: all"\nversion = 1.10\ndate = 2025-03-04\ntags = ["a", "no"]\n'
    toml += '[params]\nplace = "Turku"\n+++\n# Sites\n'
    assert lowered(toml) == (
        '---\ntitle: "Sites: all"\nversion: "1.10"\ndate: 2025-03-04\ntags:\n- a\n- "no"\n'
        "params:\n  place: Turku\n---\n# Sites"
    )
    assert lowered('{\n  "title": "Sites",\n  "part": 1.20\n}\n\n# Sites\n') == (
        '---\ntitle: Sites\npart: "1.20"\n---\n\n# Sites'
    )


@pytest.mark.parametrize(
    "text",
    ["---\n\nFirst words. More words.\n\n---\n\nLast words.\n", "+++\nnot toml\n+++\n", "{x} y\n"],
)
def test_what_only_looks_like_properties_is_text(text: str) -> None:
    assert lowered(text).replace("***", "---") == text.strip("\n")


CONTAINERS = {
    "zone of Learn": ('::: zone pivot="gov"\n\nA.\n\n::: zone-end', "::: zone gov\n\nA.\n\n:::"),
    "tight zone": (':::zone pivot="a,b"\nA.\n:::zone-end', "::: zone a,b\n\nA.\n\n:::"),
    "moniker": ('::: moniker range=">=v2"\nA.\n::: moniker-end', "::: zone >=v2\n\nA.\n\n:::"),
    "tabs of Learn": (
        "# [**Hosted**](#tab/h)\n\nA.\n\n# [Own](#tab/o/x)\n\nB.\n\n---\n\nC.",
        "::: tab Hosted\n\nA.\n\n:::\n\n::: tab Own\n\nB.\n\n:::\n\nC.",
    ),
    "tabs of Learn without an end": (
        "#### [Hosted](#tab/h)\n\nA.\n\n## Next\n\nB.",
        "::: tab Hosted\n\nA.\n\n:::\n\n## Next\n\nB.",
    ),
    "admonition": (
        '!!! warning inline "Mind it"\n\n    A.\n\n    - b\n\nC.',
        "::: note Mind it\n\nA.\n\n- b\n\n:::\n\nC.",
    ),
    "folded admonition": ("??? tip\n    A.\n", "::: note\n\nA.\n\n:::"),
    "open admonition": ('???+ note ""\n    A.', "::: note\n\nA.\n\n:::"),
    "nested content tabs": (
        '=== "EU"\n\n    A.\n\n    !!! note\n        B.\n\n'
        "        ```\n        <c>\n        ```\n\n"
        '=== "US"\n\n    D.',
        "::: tab EU\n\nA.\n\n::: note\n\nB.\n\n```\n<c>\n```\n\n:::\n\n:::\n\n"
        "::: tab US\n\nD.\n\n:::",
    ),
    "slashes": ("/// note | Mind\n    type: x\n\nA.\n///", "::: note Mind\n\nA.\n\n:::"),
    "boxed title": (":::note[Mind it]\nA.\n:::", "::: note Mind it\n\nA.\n\n:::"),
    "said title": (":::tip Mind it\nA.\n:::", "::: note Mind it\n\nA.\n\n:::"),
    "nested directives": (
        "::::tip\nA.\n\n:::danger\nB.\n:::\n\n::::\n\nC.",
        "::: note\n\nA.\n\n::: note\n\nB.\n\n:::\n\n:::\n\nC.",
    ),
    "directive in a quotation": ("> :::note\n> A.\n> :::", "> ::: note\n>\n> A.\n>\n> :::"),
    "Quarto": ('::: {.callout-note title="Mind"}\nA.\n:::', "::: note Mind\n\nA.\n\n:::"),
    "MyST": ("```{warning} Mind\n:class: x\nA.\n```", "::: note Mind\n\nA.\n\n:::"),
    "tabs of Quarto": (
        "::: {.panel-tabset .x}\n\n## EU {#eu}\n\nA.\n\n### a\n\n## US\n\nB.\n\n:::",
        "::: tab EU\n\nA.\n\n### a\n\n:::\n\n::: tab US\n\nB.\n\n:::",
    ),
    "tabs with properties": (
        "{{< codetabs >}}\n+++\ntitle=In the shell\nhighlight=sh\n+++\nrun `a`\n<--->\n+++\n"
        'title="By hand"\n+++\n\nB.\n\n{{< /codetabs >}}',
        "::: tab In the shell\n\n```\nrun `a`\n```\n\n:::\n\n::: tab By hand\n\nB.\n\n:::",
    ),
    "notes within notes": (
        '!!!example "E"\n\n    A.\n\n    !!!caution\n        B:\n        ```\n        c\n\n'
        "        d\n        ```",
        "::: note E\n\nA.\n\n::: note\n\nB:\n```\nc\n\nd\n```\n\n:::\n\n:::",
    ),
    "MyST tabs": (
        "::::{tab-set}\n:::{tab-item} EU\nA.\n:::\n::::",
        "::: tab EU\n\nA.\n\n:::",
    ),
    "tabs of components": (
        '<Tabs>\n  <TabItem value="e" label="EU plan">\n    A.\n\n    - b\n      - c\n'
        "  </TabItem>\n"
        '  <TabItem value="u" label="US plan">B.</TabItem>\n</Tabs>',
        "::: tab EU plan\n\nA.\n\n- b\n  - c\n\n:::\n\n::: tab US plan\n\nB.\n\n:::",
    ),
    "labels of the group": (
        "<Tabs items={['EU', 'US']}>\n<Tabs.Tab>A.</Tabs.Tab>\n<Tabs.Tab>B.</Tabs.Tab>\n</Tabs>",
        "::: tab EU\n\nA.\n\n:::\n\n::: tab US\n\nB.\n\n:::",
    ),
    "labels by value": (
        "<Tabs values={[{label: 'EU > all', value: 'e'}]}>\n<TabItem value='e'>A.</TabItem></Tabs>",
        "::: tab EU > all\n\nA.\n\n:::",
    ),
    "callout": ('<Callout type="warning">\nA.\n</Callout>', "::: note\n\nA.\n\n:::"),
    "titled note": ('<Note title="Mind">A <b>b</b>.</Note>', "::: note Mind\n\nA **b**.\n\n:::"),
    "note in a list": (
        "1. Do\n\n   <Tip>A.</Tip>\n\n2. Go",
        "1. Do\n\n   ::: note\n\n   A.\n\n   :::\n\n2. Go",
    ),
    "Hugo note": ("{{< note >}}\nA.\n{{< /note >}}", "::: note\n\nA.\n\n:::"),
    "Hugo alert": (
        '{{% alert title="Mind" color="x" %}}\nA.\n{{% /alert %}}',
        "::: note Mind\n\nA.\n\n:::",
    ),
    "Hugo tabs": (
        '{{< tabpane >}}\n{{< tab "EU" >}}\nA.\n{{< /tab >}}\n{{% tab header="US" %}}\nB.\n'
        "{{% /tab %}}\n{{< /tabpane >}}",
        "::: tab EU\n\nA.\n\n:::\n\n::: tab US\n\nB.\n\n:::",
    ),
    "GitBook": (
        '{% hint style="info" %}\nA.\n{% endhint %}\n\n{% tabs %}\n{% tab title="EU 1" %}\nB.\n'
        "{% endtab %}\n{% endtabs %}",
        "::: note\n\nA.\n\n:::\n\n::: tab EU 1\n\nB.\n\n:::",
    ),
    "versions": (
        "{% ifversion cloud %}\n\nA.\n\n{% else %}\n\nB.\n\n{% endif %}",
        "::: zone cloud\n\nA.\n\n:::\n\n::: zone not cloud\n\nB.\n\n:::",
    ),
    "folded quotation": ("> [!info]- Mind\n> A.", "> [!info]\n> **Mind**\n>\n> A."),
    "kramdown note": ("A.\nB.\n{: .note-title }\n{: #x}\n\nC.", "::: note\n\nA.\nB.\n\n:::\n\nC."),
    "kramdown note in a list": (
        "1. Do.\n\n   A.\n   {: tip}\n\n2. Go.\n   {: important}",
        "1. Do.\n\n   ::: note\n\n   A.\n\n   :::\n\n2. Go.",
    ),
    "kramdown note after its text": ("A.\n\nB.{: warning}", "A.\n\n::: note\n\nB.\n\n:::"),
    "checklist": ('> [!div class="checklist"]\n> * A\n> * B', "> * A\n> * B"),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_containers(name: str) -> None:
    text, expected = CONTAINERS[name]
    assert lowered(f"Before.\n\n{text}\n\nAfter.\n") == f"Before.\n\n{expected}\n\nAfter."
    assert left_out(text) == {}


TEXTS = {
    "columns": (":::row:::\n:::column:::\nA.\n:::column-end:::\n:::row-end:::", "A."),
    "attributes": (
        "## Sites {#s .x}\n\nA.\n{: .lead }\n\n[b](c){ .button }",
        "## Sites\n\nA.\n\n[b](c)",
    ),
    "attributes with a blank": (
        "## Sites\n{: #sites}\n\nA [b](c){: external}, d{: term} and *e*{:.f}.\n{: shortdesc}\n\n"
        "{: #next}\n### Next {: #n}\n\n```\n{: g}\n```\n{: pre}\n\n[Old]{: tag-old} h.",
        "## Sites\n\nA [b](c), d and *e*.\n\n### Next \n\n```\n{: g}\n```\n\n[Old] h.",
    ),
    "caption of a picture": ('![A](b.svg){: caption="Sites" class="x"}', "![A](b.svg) Sites"),
    "captions and tabs of tables": (
        "| A |\n| - |\n| b |\n{: caption=\"Sites in {x}\"}\n{: tab-title='North'}\n{: #t}\n\nC.",
        "::: tab North\n\nSites in {x}\n\n| A |\n| - |\n| b |\n\n:::\n\nC.",
    ),
    "divided columns": ("{{< columns >}}\nA.\n<--->\nB.\n{{< /columns >}}", "A.\n\nB."),
    "indented in a table": (
        "<table>\n<tr><td>\n\n      Quay 5<br>\n      Turku\n</td> <td>b</td></tr>\n"
        "</table>\n\n    c",
        "|  |  |\n| --- | --- |\n| Quay 5<br> Turku | b |\n\n    c",
    ),
    "drawn table": (
        "+---+-----+\n| A | B   |\n+===+=====+\n| c | d   |\n|   | `|` |\n+---+-----+\n"
        "| f | - g |\n|   | - h |\n+---+-----+\n| x       |\n+---+-----+",
        "| A | B |\n| --- | --- |\n| c | d `\\|` |\n| f | g<br>h |\n| x | x |",
    ),
    "answer of a database": (
        "+---+---+\n| A | B |\n+---+---+\n| c | d |\n| e | f |\n+---+---+\n\n+---+---+\nA.",
        "| A | B |\n| --- | --- |\n| c | d |\n| e | f |\n\n+---+---+\nA.",
    ),
    "drawing": (
        "+--+--+\n| A| B|\n+  +--+\n| c|d |\n+--+--+",
        "+--+--+\n| A| B|\n+  +--+\n| c|d |\n+--+--+",
    ),
    "id of Nextra": ("### Sites [#sites]", "### Sites"),
    "kramdown": ("{::options toc=1 /}\n\nA.\n\n* x\n{:toc}", "A.\n\n* x"),
    "contents": ("[[_TOC_]]\n\n[TOC]\n\n[toc]\n\nA.", "A."),
    "comments": ("A.\n\n<!-- b\n\n``` c\n-->\n\nD <!-- e -->f.", "A.\n\nD f."),
    "card": ('<Card title="Kept" icon="x">\n  A.\n</Card>', "**Kept**\n\nA."),
    "empty card": ('<CardGroup>\n<Card title="Kept" href="/a" />\n</CardGroup>', "**Kept**"),
    "step": ('<Steps>\n<Step title="First">A.</Step>\n</Steps>', "**First**\n\nA."),
    "details": ("<details>\n<summary><b>Why?</b></summary>\n\nA.\n\n</details>", "**Why?**\n\nA."),
    "unknown component": ("<Frame>\n\nA.\n\n</Frame>", "A."),
    "unknown in a line": ('A <Badge text="beta" /> b.', "A beta b."),
    "inline": (
        '<p>A <b>b</b> <i>c</i> <a href="d.md">e</a> <del>f</del> <u>g</u> <kbd>h</kbd> '
        "<code>i|j</code> k<sub>l</sub> m<sup>1</sup> <span style='x'>n</span></p>",
        "A **b** c [e](d.md) ~~f~~ g h `i|j` kl m^1^ n",
    ),
    "anchor": ('## Sites<a name="s"></a>\n\n<a id="t"/>\n\nA.', "## Sites\n\nA."),
    "break": ("A<br/>b\n\n- c<br>d\n\n> e<br>f", "A  \nb\n\n- c  \n  d\n\n> e  \n> f"),
    "break in a row": ("| a<br/>b</br>c | d |\n| - | - |", "| a<br>b<br>c | d |\n| - | - |"),
    "heading": ("<h2 align=center>Sites</h2>\nA.", "## Sites\n\nA."),
    "boxes": ("<div align='center'>\n  <p>A.</p>\n  <center>B.</center>\n</div>", "A.\n\nB."),
    "quotation": ("<blockquote>\nA.\n</blockquote>", "> A."),
    "preformatted": ("<pre>\n  {{ a }} <b>b</b> <c-d>\n</pre>", "```\n  {{ a }} b <c-d>\n```"),
    "placeholders": (
        "Use <your-region> at <tenant>.x, Map<String>, <label>, a < b.",
        "Use \\<your-region> at \\<tenant>.x, Map\\<String>, \\<label>, a < b.",
    ),
    "unclosed": ("A <b>b.\n\n<div>\n\nC.\n\n</p>\n\n<Note>D.", "A b.\n\nC.\n\n\\<Note>D."),
    "terms": (
        "Kept at\n:   Turku,\n    Finland.\n:   Oslo.\n\nMoved to\n\n: Vaasa.\n\nA.",
        "- **Kept at**: Turku,\n  Finland.\n- **Kept at**: Oslo.\n\n- **Moved to**: Vaasa.\n\nA.",
    ),
    "caption of a table": ("| a |\n| - |\n| b |\n\n: Sites", "| a |\n| - |\n| b |\n\n: Sites"),
    "definitions": ("<dl><dt>A</dt><dd>B.</dd></dl>", "- **A**: B."),
    "list": ("<ul>\n<li>A <b>b</b>\n<li>C<ul><li>D</li></ul>\n</ul>", "- A **b**\n- C\n  - D"),
    "raw": ("{% raw %}{{ a }}{% endraw %} b", "{{ a }} b"),
    "assigned": ('{% assign a = "Turku" %}\n\nIn {{ a }}.', "In Turku."),
    "link to a page": ('See [a]({{< ref "b.md" >}}) and [c]({% link d.md %}).', "See a and c."),
    "prefix of a link": ("See [a]({{ site.base }}/b).", "See [a](/b)."),
    "no-loc": ("In :::no-loc text=\"Kestrel\"::: only.", "In Kestrel only."),
    "word that is not translated": ("In [!DNL Kestrel] only.", "In Kestrel only."),
    "mark for yes": (":white_check_mark: A", "✅ A"),
    "unclosed directive": (":::note Mind\n\nA.", "**Mind**\n\nA."),
    "stray end": ("A.\n\n:::\n\nB.", "A.\n\nB."),
    "Markdown within an element": (
        '<div markdown="1">\n\n| a | b |\n| - | - |\n| c | d |\n\n</div>',
        "| a | b |\n| - | - |\n| c | d |",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_texts(name: str) -> None:
    text, expected = TEXTS[name]
    said = lowered(f"Before.\n\n{text}\n")
    assert said == f"Before.\n\n{expected}"


def test_tables_of_html_become_tables_of_markdown() -> None:
    table = (
        "<table>\n<thead><tr><th>Area</th><th colspan=2>Sites</th></tr></thead>\n"
        "<tr><td rowspan='2'>North</td><td>**Turku** `a|b`</td><td>\n\n- Oslo\n- Bergen\n\n</td>"
        "</tr>\n<tr><td>Vaasa<sup>1</sup></td><td><img src=y alt='yes'> <your-site></td></tr>\n"
        "</table>"
    )
    assert lowered(f"A.\n\n{table}\n\nB.") == (
        "A.\n\n| Area | Sites | Sites |\n| --- | --- | --- |\n"
        "| North | **Turku** `a\\|b` | Oslo<br>Bergen |\n|  | Vaasa^1^ | yes \\<your-site> |\n\nB."
    )


LEFT_OUT = {
    "Text. [!INCLUDE [a](../b/c.md)]": ("included file", "../b/c.md"),
    "[!VIDEO https://v.example/1]": ("video", "https://v.example/1"),
    "[!code-csharp[Main](d.cs)]": ("included code", "d.cs"),
    '--8<-- "e.md"': ("included file", "e.md"),
    '{% include "f.html" %}': ("included file", "f.html"),
    "{% data reusables.g.h %}": ("included file", "reusables.g.h"),
    "In {% data variables.product.i %}.": ("variable", "variables.product.i"),
    "In {{ site.data.j }}.": ("variable", "site.data.j"),
    "A {% if page.k %}b{% endif %}.": ("condition", "if page.k"),
    ':::image type="content" source="l.png" alt-text="Map of sites":::': ("image", "Map of sites"),
    '<img src="m.png" alt="Plan">': ("image", "Plan"),
    '{{< figure src="n.png" alt="Sketch" >}}': ("image", "Sketch"),
    "<iframe src='https://o.example'></iframe>": ("embedded page", "https://o.example"),
    "<Pricing />": ("component", "Pricing"),
    "{{< q-table >}}": ("shortcode", "q-table"),
    "{% rst x %}": ("directive", "rst"),
    "```mermaid\nflowchart LR\na --> b\n```": ("diagram", "flowchart LR"),
    "```{mermaid}\nflowchart LR\n```": ("diagram", "flowchart LR"),
    ":::mermaid\nflowchart LR\n:::": ("diagram", "flowchart LR"),
    '<div class="mermaid">\nflowchart LR\na --> b\n</div>': ("diagram", "flowchart LR"),
    "*[DPA]: Data processing agreement": ("abbreviation", "DPA: Data processing agreement"),
    ":::strange\nA.\n:::": ("directive", "strange"),
}


@pytest.mark.parametrize("text", LEFT_OUT)
def test_what_is_left_out_is_counted(text: str) -> None:
    what, example = LEFT_OUT[text]
    assert left_out(f"Before.\n\n{text}\n") == {what: (example,)}
    assert not re.search(r"\[!|\{\{|\{%|:::|<|8<", lowered(text))


def test_a_hole_in_a_sentence_is_seen() -> None:
    assert lowered("Data of {{ a.b }} stays in [!INCLUDE [c](d.md)].") == "Data of … stays in …."


MDX = """import { Tabs,
  Note } from '@kestrel/ui';
import Plan from "./plan.mdx"

export const home = 'Turku';
export const sites = {
  main: 'Vaasa',
};
export function Table() {

  return <p>Drawn later</p>;
}

import your data first, it stays.

Data is in {home}, then in {sites.main}, never in {other.place}.{' '}

{/* Data was in Minsk. */}

{paid && (<p>Shown to some.</p>)}

<Note title={home}>Said.</Note>
"""


@pytest.mark.parametrize("mdx", [True, False])
def test_statements_and_expressions_of_mdx(mdx: bool) -> None:
    assert lowered(MDX, mdx=mdx) == (
        "import your data first, it stays.\n\n"
        "Data is in Turku, then in Vaasa, never in …. \n\n"
        "Shown to some.\n\n::: note Turku\n\nSaid.\n\n:::"
    )
    assert left_out(MDX, mdx=mdx) == {
        "component": ("export function Table() {",),
        "expression": ("other.place", "paid && ("),
    }


def test_a_fence_that_is_shown_as_a_component_is_no_code() -> None:
    text = (
        '```mdx-code-block\nimport A from "./a"\n\n<Window url="x">\n\nShown.\n\n</Window>\n```\n'
    )
    assert lowered(text, mdx=True) == "Shown."


def test_properties_state_what_expressions_stand_for() -> None:
    assert lowered("---\nregion: Turku\n---\nIn {{ page.region }}.").endswith("\nIn Turku.")


def test_templates_in_properties_are_counted() -> None:
    text = (
        '---\ntitle: "Sites of {{ a.b }}"\nregion: Turku\nplace: {{% vendor/place %}}\n'
        'said: "In {{ page.region }} and {% include c %}."\n---\nA.\n'
    )
    assert lowered(text) == (
        '---\ntitle: "Sites of …"\nregion: Turku\nplace: \nsaid: "In Turku and …."\n---\nA.'
    )
    assert left_out(text) == {"variable": ("a.b", "vendor/place"), "directive": ("include c",)}


def test_marks_of_files_and_line_ends_of_windows() -> None:
    content = "\ufeff---\r\ntitle: A\r\n---\r\n\r\n:::note\r\nB.\r\n:::\r\n".encode()
    assert from_markdown(content).text == "---\ntitle: A\n---\n\n::: note\n\nB.\n\n:::\n"
    plain = "\ufeff# A\r\n\r\nB.\r\n"
    assert from_markdown(plain.encode()).text == plain.removeprefix("\ufeff")


def test_files_go_through_the_converter() -> None:
    assert extract("a.mdx", b"<Note>Kept in {x}.</Note>\n").left_out[0].what == "expression"
    assert extract("a.markdown", b"!!! note\n    Kept.\n").text == "::: note\n\nKept.\n\n:::\n"
    assert from_mdx(b"Kept.\n").text == "Kept.\n"


PIECES = (
    "alpha", "beta gamma", "# delta", "- item", "> quoted", "| a | b |\n| --- | --- |\n| c | d |",
    "**bold**", "<b>", "</b>", "<div>", "</div>", "<table>", "<tr><td>", "</td></tr>", "</table>",
    "<ul><li>", "</li></ul>", "<Tabs>", '<Tab title="lima">', "</Tab>", "</Tabs>", "<Note>",
    "</Note>", "<details><summary>mike", "</summary>", "</details>", '<Card title="kilo" />',
    ":::note[oscar]", ":::", "::::tip papa", "::::", '::: zone pivot="zz"', "::: zone-end",
    '!!! note "quebec"', "    romeo", '=== "sierra"', "??? tip", "/// note | tango", "///",
    "# [uniform](#tab/u)", "---", "{{< tab victor >}}", "{{< /tab >}}", "{% hint %}",
    "{% endhint %}", "{{ whiskey }}", "{xray}", "{", "}", "`", "```", "<!--", "-->", "\\", "<",
    "<br>", "<yankee>", "zulu<zz", "[!INCLUDE [zz](zz)]", "> [!NOTE]", "{: .zz }", "\t", "      ",
    "import zz from 'zz'", "<sup>1</sup>", '<a href="zz">link</a>', "<code>", "</code>", "<pre>",
    "{: .note }", "beta{: tip}", '{: caption="zz"}', "<--->", "+++\ntitle=zz\n+++",
    "+-------+---+\n| gamma | b |\n+-------+---+", "+++", "<table>\n\n    alpha",
    "</pre>", "{% raw %}", "{% endraw %}", "&lt;b&gt;", "[text](zz)", "1. first", "\n: romeo\n",
)  # fmt: skip
PROSE = ("alpha", "beta", "gamma", "delta", "item", "quoted", "bold", "romeo", "link", "first")
_OF_A_LINE = re.compile(r":::|!!!|===|\?\?\?|///|# \[|---|import|```|> \[!|\{:|\||\+|<-|<table>\n")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", "\n", "\n\n"))), max_size=25)
)
@example([("zulu<zz", " "), ("alpha", " "), ("> [!NOTE]", " ")])
def test_no_word_of_prose_is_lost(parts: list[tuple[str, str]]) -> None:
    text = ""
    for piece, end in parts:
        if piece in ("<!--", "-->"):
            continue
        whole = _OF_A_LINE.match(piece)
        text += ("\n" if whole and not text.endswith("\n") else "") + piece
        text += "\n" if whole and end == " " else end
    said = read_dialect(text).text
    for word in PROSE:
        assert said.count(word) >= text.count(word), (word, text, said)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "    "]), max_size=40))
def test_nothing_private_comes_out(pieces: list[str]) -> None:
    said = read_dialect("".join(pieces), mdx=True).text
    assert not re.search("[\ue000-\uf8ff\x00]", said)


@pytest.mark.parametrize(
    "piece",
    ["<div>\n", "<b><Note>{% x %}", "<table><tr><td>", ":::note\n", "{{<", "{% if x %}", "` `` ",
     "<a b='", '<a b={"', "{", "export const a = {\n", ":::image ", "[!INCLUDE [", "> ", "<!--",
     "!!! note\n    ", "{: .note }\n", "A.\n{: .note }\n\n", "+--+--+\n", "+--+--+\n|  |  |\n",
     "+++\ntitle=a\n", "<--->\n", "{:a 'b ", "*[a]: b\n", "::: {.panel-tabset}\n# a\n",
     "# {", "|-|-|\n", "a<br>", "<li>a"],
)  # fmt: skip
def test_hostile_nesting_takes_seconds(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.monotonic()
    read_dialect(text, mdx=True)
    assert time.monotonic() - started < 40


@pytest.mark.parametrize(
    ("table", "strokes"),
    [
        ("| Area | City | Code |\n|---|---|\n| Nordics | Oslo | n1 |\n", "|---|---|---|"),
        ("|Area|City|\n|:--|:-:|--:|\n|Nordics|Oslo|\n", "|---|---|"),
        ("- Areas:\n\n  | Area | City |\n  |---|\n  | Nordics | Oslo |\n", "  |---|---|"),
    ],
)
def test_a_line_of_strokes_with_other_than_its_cells_makes_a_table(
    table: str, strokes: str
) -> None:
    assert strokes in read_dialect(table).text.split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "| Area | City |\n|---|---|\n| Nordics | Oslo | n1 |\n",
        "| Area | City | Code |\n|---|---|\nNo row follows.\n",
        "```\n| Area | City | Code |\n|---|\n| Nordics | Oslo | n1 |\n```\n",
    ],
)
def test_other_lines_of_strokes_stay(text: str) -> None:
    assert read_dialect(text).text == text


def test_no_group_is_possessive() -> None:
    """Python 3.11.2 matches such a group wrongly before a further one; atomic groups are right."""
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "corpus").rglob("*.py")}
    possessive = re.compile(r"\)(?:[*?+]|\{[\d,]+\})\+")
    assert not {path for path, text in texts.items() if possessive.search(text)}


_RECORDS = """---
title: Retention
attributes:
  - product: Traces
    data_type: |
      - **Errors**: 15 days
      - **Spans**: 30 days
  - product: Assistant
    data_type: "- **Source code**: 7 days"
subprocessors:
  - name: Quay Ltd
    purpose: Hosting
    location: Norway
  - name: Pier GmbH
    purpose: Mail
    location: Germany
further_reading:
  - link: /data/
    tag: Documentation
    text: Read what is collected, and how it is looked after
intro:
  heading: What is kept
  paragraph: Everything that customers hand over is kept in the region of their choice.
---
# Retention
"""


def test_records_among_the_properties_are_text_of_the_page() -> None:
    """A page of Datadog's keeps all of its periods in its front matter."""
    text = lowered(_RECORDS).split("---", 2)[2]
    assert "## Traces\n\n- **Errors**: 15 days\n- **Spans**: 30 days\n" in text
    assert "## Assistant\n\n- **Source code**: 7 days\n" in text
    assert "| Name | Purpose | Location |" in text
    assert "| Pier GmbH | Mail | Germany |" in text
    assert "## What is kept" in text
    assert "the region of their choice" in text
    assert "Read what is collected" not in text


def test_properties_that_say_something_of_the_page_are_no_text() -> None:
    plain = "---\ntitle: Quay\ntags:\n- data\n- Oslo\ndescription: Where Quay keeps all of what it is given by customers\nmenu:\n  main:\n    weight: 3\n---\n\nText.\n"  # noqa: E501
    assert read_dialect(plain).text == plain


def test_properties_that_stand_for_more_than_can_be_written_are_bounded() -> None:
    """Ten lines of YAML that refer to each other stand for billions of values."""
    lines = ["a0: &a0 [{n: one two three four, m: five}, {n: six, m: seven}]"]
    lines += [f"a{n}: &a{n} [{{x: *a{n - 1}, y: *a{n - 1}}}]" for n in range(1, 12)]
    began = time.perf_counter()
    extracted = read_dialect("\n".join(("---", *lines, "---", "", "Text.\n")))
    assert len(extracted.text) < 300_000
    assert time.perf_counter() - began < 5


def test_records_beyond_the_bound_are_counted_as_left_out() -> None:
    long = "word " * 3_000
    rows = "".join(f"- name: part {n}\n  said: {long}\n" for n in range(20))
    extracted = read_dialect(f"---\nparts:\n{rows}---\n\nText.\n")
    assert "## part 3" in extracted.text
    assert "properties beyond what is read" in {one.what for one in extracted.left_out}
