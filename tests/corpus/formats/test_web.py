"""What a page says by its elements is said in the reading form, and what it cannot is counted."""

from __future__ import annotations

import time
from datetime import date

import pytest

from corpus.formats.types import Extracted, Unusable
from corpus.formats.web.from_html import from_html, parse_html
from corpus.formats.web.from_mhtml import from_mhtml
from corpus.formats.web.render_markdown import render
from corpus.parse import parse
from corpus.types import BlockKind


def _read(body: str, head: str = "") -> Extracted:
    return from_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())


def _text(body: str, head: str = "") -> str:
    return _read(body, head).text.rstrip("\n")


def _counts(body: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {one.what: (one.count, one.examples) for one in _read(body).left_out}


# Text


@pytest.mark.parametrize(
    "said",
    [
        "a_b _c_ *d* **e** [f](g) [h] `i` ~~j~~ ^1^ <k> &amp; \\* C:\\temp | !",
        "# no title", "> no quote", "::: note", "[a]: no address", "[^a]: no note", "| a | b |",
        "```", "a [^1] b", "~ 5 ms ~", "2 < 3 <4",
    ],
)  # fmt: skip
def test_no_character_of_a_text_is_taken_for_mark_up(said: str) -> None:
    shown = said.replace("&", "&amp;").replace("<", "&lt;")
    structure = parse(_text(f"<p>{shown}</p><p>Next.</p>"), markdown=True)
    assert [block.span.of(structure.text) for block in structure.blocks] == [said, "Next."]
    cells = _text(f"<table><tr><th>A<th>B<tr><td>x<td>{shown}</table>")
    structure = parse(cells, markdown=True)
    row = structure.blocks[0]
    stored = said.replace("|", "\\|")
    assert row.cells[1].span.of(structure.text) in (said, stored)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ten <del>old</del> <ins>new</ins>", "Ten ~~old~~ new"),
        ("<s>a</s> <strike>b</strike>", "~~a~~ ~~b~~"),
        ("<span style='text-decoration: line-through'>a</span> b", "~~a~~ b"),
        ("<span class='line-through'>a</span> b", "~~a~~ b"),
        ("<p>10<sup>3</sup> m<sup>2</sup>, 5<sup>th</sup></p>", "10^3^ m^2^, 5^th^"),
        ("x<sup>1, 2</sup>", "x^1^^2^"),
        ("so&shy;ft wo<wbr>rd&nbsp;a", "soft word a"),
        ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
        ("• Oslo<br>• Rome", "- Oslo\n- Rome"),
        ("<q>Oslo</q> <kbd>a_b</kbd> <code>x|y</code>", "“Oslo” `a_b` x|y"),
        ("<pre><code>a <b>b</b> c<br>d</code></pre>", "```\na b c\nd\n```"),
        ("<a href='https://x.example/a_(b)'>c_d</a>", "[c_d](https://x.example/a_%28b%29)"),
        ("<h2>Where <br>it <b>is</b></h2>", "## Where it is"),
        ("<div role=heading aria-level=3>Where</div>", "### Where"),
        ("<p><time datetime='2024-05-06T10:00Z'>3 days ago</time></p>", "2024-05-06"),
        ("<img class=emoji alt='✅'> Yes", "✅ Yes"),
        ("<noscript><p>Kept in Oslo.</p></noscript>", "Kept in Oslo."),
        ("<template><p>No.</p></template><p>Yes.</p>", "Yes."),
        ("<template shadowrootmode=open><p>Yes.</p></template>", "Yes."),
        ("<custom-card><p>Kept.</p></custom-card>", "Kept."),
    ],
)
def test_what_stands_within_a_line(body: str, expected: str) -> None:
    assert _text(body) == expected


def test_classes_of_an_exported_text_say_what_elements_say() -> None:
    style = "<style>.c1{font-weight:700} p.c2{text-decoration:line-through}.c3{color:red}</style>"
    body = "<span class=c1>Oslo</span> <span class=c2>Rome</span> <span class='c3'>Bern</span>"
    assert _text(body, style) == "**Oslo** ~~Rome~~ Bern"


def test_links_are_whole_by_the_base_and_free_of_counters() -> None:
    head = "<link rel=canonical href='https://x.example/a/'><base href='/b/'>"
    counted = "https://www.google.com/url?q=https://y.example/z&amp;sa=D"
    body = f"<a href=c>C</a> <a href='{counted}'>D</a> <a href='#e'>E</a>"
    assert _text(body, head) == "[C](https://x.example/b/c) [D](https://y.example/z) E"


# Notes


_MARKS = {
    "list at the end": (
        "<p>Kept<sup><a href='#fn1' id=r1>1</a></sup> here.</p><div class=footnotes><ol>"
        "<li id=fn1><p>Not logs. <a href='#r1'>↩</a></p></li></ol></div>"
    ),
    "brackets": "<p>Kept [<a href='#n1'>1</a>] here.</p><p id=n1>[1] Not logs.</p>",
    "named anchor": "<p>Kept<a href='#n1'>[1]</a> here.</p><p><a name=n1></a>[1] Not logs.</p>",
    "roles": (
        "<p>Kept<a role=doc-noteref href='#n'>1</a> here.</p>"
        "<aside role=doc-footnote id=n>Not logs.</aside>"
    ),
    "epub": (
        "<p>Kept<a epub:type=noteref href='#n'>1</a> here.</p>"
        "<aside epub:type=footnote id=n><p>Not logs.</p></aside>"
    ),
    "described": (
        "<p>Kept<sup aria-describedby=n>*</sup> here.</p><p id=n><sup>*</sup> Not logs.</p>"
    ),
    "word": (
        "<p>Kept<a href='#_ftn1' name='_ftnref1' style='mso-footnote-id:ftn1'><span>[1]</span></a>"
        " here.</p><div style='mso-element:footnote-list'><div style='mso-element:footnote' "
        "id=ftn1><p><a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Not logs.</p></div></div>"
    ),
    "google": (
        "<p>Kept<sup><a href='#ftnt1' id='ftnt_ref1'>[1]</a></sup> here.</p><div><p>"
        "<a href='#ftnt_ref1' id='ftnt1'>[1]</a><span>&nbsp;Not logs.</span></p></div>"
    ),
    "docutils": (
        "<p>Kept<a class='footnote-reference brackets' href='#id2' id=id1>1</a> here.</p>"
        "<dl class='footnote brackets'><dt class=label id=id2><a class=fn-backref href='#id1'>1"
        "</a></dt><dd><p>Not logs.</p></dd></dl>"
    ),
    "sphinx": (
        "<p>Kept<a role=doc-noteref href='#i2' id=i1>[1]</a> here.</p><aside role=doc-footnote "
        "id=i2><span class=label><span>[</span><a role=doc-backlink href='#i1'>1</a><span>]</span>"
        "</span><p>Not logs.</p></aside>"
    ),
    "row of a table": (
        "<p>Kept<sup><a href='#t'>a</a></sup> here.</p><table><tr><th>A<th>B<tr><td>x<td>y"
        "<tr id=t><td colspan=2><sup>a</sup> Not logs.</table>"
    ),
    "without a link": "<p>Kept<sup>1</sup> here.</p><p><sup>1</sup> Not logs.</p>",
}


@pytest.mark.parametrize("name", _MARKS)
def test_a_mark_is_tied_to_its_note(name: str) -> None:
    structure = parse(_text(_MARKS[name]), markdown=True)
    bearing = structure.blocks[0]
    assert bearing.span.of(structure.text) == "Kept here."
    assert [mark.note.of(structure.text) for mark in bearing.marks] == ["Not logs."]
    said = [block.span.of(structure.text) for block in structure.blocks]
    assert said.count("Not logs.") == 1


def test_a_link_to_a_part_of_the_page_is_no_mark() -> None:
    body = (
        "<p>See <a href='#b'>2</a> and <a href='#c'>[3]</a>.</p><ol><li>A<li id=b>B</ol>"
        "<div id=c><h2>C</h2><p>D</p></div>"
    )
    assert _text(body) == "See 2 and \\[3\\].\n\n1. A\n2. B\n\n## C\n\nD"


def test_what_an_abbreviation_is_short_for_is_a_note() -> None:
    body = "<p>In the <abbr title='Green Area'>GA</abbr> or <abbr title='Green Area'>GA</abbr>.</p>"
    assert _text(f"{body}<h2>B</h2>") == (
        "In the GA[^term-ga] or GA.\n\n[^term-ga]: GA: Green Area\n\n## B"
    )


# Boxes, lists, definitions


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<ul><li><input type=checkbox checked> A<li><input type=checkbox> B</ul>",
            "- [x] A\n- [ ] B",
        ),
        ("<label><input type=radio checked> A</label> <label><input type=radio> B</label>",
         "☒ A ☐ B"),
        ("<div role=checkbox aria-checked=true>A</div>", "☒ A"),
        ("<ul><li><div class='checkbox checkbox-off'></div> <span>A</span></ul>", "- [ ] A"),
        ("<label>Region <select><option>A<option selected>B</select></label>", "Region B"),
        ("<p>Region <input readonly value='A'></p>", "Region A"),
        ("<ol start=4><li>A<li>B</ol>", "4. A\n5. B"),
        ("<ol><li>A<li value=7>B</ol>", "1. A\n\n7) B"),
        ("<ol type=a><li>A<li>B</ol>", "- a. A\n- b. B"),
        ("<ul>loose<li>A<ul><li>B</ul></ul>", "- loose\n- A\n  - B"),
        ("<dl><dt>A<dd>B<dt>C<dt>D<dd>E<dd>F</dl>",
         "- **A**: B\n- **C / D**:\n  - E\n  - F"),
        ("<dl><div><dt>A</dt><dd><dl><dt>B</dt><dd>C</dd></dl></dd></div></dl>",
         "- **A**:\n  - **B**: C"),
        ("<div><div class=field__label>A</div><div class=field__item>B</div></div>", "- **A**: B"),
        ("<ul class='lst-kix_a-0'><li>A</ul><ul class='lst-kix_a-1'><li>B</ul>"
         "<ul class='lst-kix_a-0'><li>C</ul>", "- A\n  - B\n- C"),
        ("<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>·</span>A</p>"
         "<p style='mso-list:l0 level2'><span style='mso-list:Ignore'>(a)</span>B</p>"
         "<p style='mso-list:l1 level1'><span style='mso-list:Ignore'>3.<i>&nbsp;</i></span>C</p>",
         "- A\n  - (a) B\n\n3. C"),
    ],
)  # fmt: skip
def test_boxes_lists_and_definitions(body: str, expected: str) -> None:
    assert _text(body) == expected


# Choices and notes set apart


_PAIR = "::: tab East\n\nIn Oslo.\n\n:::\n\n::: tab West\n\nIn Rome.\n\n:::"


@pytest.mark.parametrize(
    "body",
    [
        "<ul role=tablist><li><a role=tab aria-controls=p href='#p'>East</a><li><a role=tab "
        "aria-controls=q href='#q'>West</a></ul><div role=tabpanel id=p>In Oslo.</div>"
        "<div role=tabpanel id=q hidden>In Rome.</div>",
        "<div role=tabpanel aria-labelledby=t>In Oslo.</div><b id=t hidden>East</b>"
        "<div role=tabpanel aria-label=West>In Rome.</div>",
        "<tab-container><div role=tablist><button role=tab>East</button><button role=tab>West"
        "</button></div><div role=tabpanel>In Oslo.</div><div role=tabpanel hidden>In Rome.</div>"
        "</tab-container>",
        "<div><input type=radio id=a><label for=a>East</label><div>In Oslo.</div>"
        "<input type=radio id=b><label for=b>West</label><div>In Rome.</div></div>",
        "<div><input type=radio id=a><input type=radio id=b><div><label for=a>East</label>"
        "<label for=b>West</label></div><div><div>In Oslo.</div><div>In Rome.</div></div></div>",
        "<button data-tab=e>East</button><button data-tab=w>West</button>"
        "<div data-tab-content=e>In Oslo.</div><div data-tab-content=w>In Rome.</div>",
        "<ul class='nav nav-tabs'><li><a data-toggle=tab href='#e'>East</a><li><a data-toggle=tab "
        "href='#w'>West</a></ul><div><div id=e>In Oslo.</div><div id=w>In Rome.</div></div>",
        "<ul class=tabs><li><a href='#e'>East</a><li><a href='#w'>West</a></ul>"
        "<div id=e>In Oslo.</div><div id=w style='display:none'>In Rome.</div>",
    ],
)
def test_what_holds_for_one_choice_stands_under_its_label(body: str) -> None:
    assert _text(body) == _PAIR


def test_a_part_for_one_version_is_a_zone() -> None:
    assert _text("<div class=zone data-pivot=north>A</div>B") == "::: zone north\n\nA\n\n:::\n\nB"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<details><summary>Where?</summary><p>In Oslo.</p></details>", "**Where?**\n\nIn Oslo."),
        ("<details><summary><h3>Where?</h3></summary>In Oslo.</details>", "### Where?\n\nIn Oslo."),
        ("<h3><button aria-expanded=false aria-controls=a>Where?</button></h3>"
         "<div id=a hidden>In Oslo.</div>", "### Where?\n\nIn Oslo."),
        ("<div><button aria-expanded=false>Where?</button><div style='display:none'>In Oslo.</div>"
         "</div>", "**Where?**\n\nIn Oslo."),
    ],
)  # fmt: skip
def test_what_is_folded_is_read(body: str, expected: str) -> None:
    assert _text(body) == expected


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<div class='admonition note'><p class=admonition-title>Logs</p><p>A</p></div>", "Logs"),
        ("<div class=NOTE><p>Important</p><p>A</p></div>", "Important"),
        ("<main><aside class=callout>A</aside></main>", ""),
        ("<div class='alert alert-info'><strong>Warning:</strong> A</div>", "Warning"),
        ("<details class=note><summary>Logs</summary>A</details>", "Logs"),
        ("<div class='theme-admonition alert'><div class=admonitionHeading_x>Logs</div>"
         "<div>A</div></div>", "Logs"),
        ("<div role=note><h4>Logs</h4>A</div>", "Logs"),
    ],
)  # fmt: skip
def test_a_note_that_is_set_apart_has_its_title(body: str, title: str) -> None:
    assert _text(body) == f"{f'::: note {title}'.strip()}\n\nA\n\n:::"


# Tables


def _table(rows: str) -> str:
    return _text(f"<table>{rows}</table>")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "<tr><th>A<th>B<th>C<tr><td colspan=3><b>D</b><tr><td>e<td colspan=2>f",
            "| A | B | C |\n| --- | --- | --- |\n| **D** |  |  |\n| e | f | f |",
        ),
        (
            "<tr><th>A<th>B<tr><td rowspan=2>c<td>d<tr><td>e",
            "| A | B |\n| --- | --- |\n| c | d |\n|  | e |",
        ),
        (
            "<tr><th>A<th>B<th>C<tr><td>d<td>e<td rowspan=2>f<tr><td>g",
            "| A | B | C |\n| --- | --- | --- |\n| d | e | f |\n| g |  | f |",
        ),
        (
            "<thead><tr><th rowspan=2>A<th colspan=2>B<tr><th>C<th>D<tbody><tr><td>e<td>f<td>g",
            "| A | B C | B D |\n| --- | --- | --- |\n| e | f | g |",
        ),
        (
            "<tr><th>A<th>B<tr><td>c<td>d<tr><th>E<th>F<tr><td>g<td>h",
            "| A | B |\n| --- | --- |\n| c | d |\n\n| E | F |\n| --- | --- |\n| g | h |",
        ),
        (
            "<tr><th>A<th>B<tr><td>c<td>d<tr><th>A<th>B<tr><td>g<td>h",
            "| A | B |\n| --- | --- |\n| c | d |\n| g | h |",
        ),
        ("<tr><th>A<td>b<tr><th>C<td>d", "- **A**: b\n- **C**: d"),
        ("<tr><td><b>A</b><td>b<tr><td><b>C:</b><td>d", "- **A**: b\n- **C**: d"),
        ("<caption>T</caption><tr><th>A<th>B<tr><td>c<td>d",
         "T\n\n| A | B |\n| --- | --- |\n| c | d |"),
        (
            "<tfoot><tr><td colspan=2>Of all.<tbody><tr><th>A<th>B<tr><td>c<td>d",
            "| A | B |\n| --- | --- |\n| c | d |\n\nOf all.",
        ),
        ("<tr><th>A<tr><td>b<tr><td>c", "| A |\n| --- |\n| b |\n| c |"),
        (
            "<tr><th>A<th>B<tr><td>c<br>d<td><p>e</p><ul><li>f<li>g</ul>",
            "| A | B |\n| --- | --- |\n| c<br>d | e<br>f<br>g |",
        ),
        (
            "<tr><th>A<th>B<tr><td>c<td><table><tr><td>d<td>e<tr><td>f<td>g</table>",
            "| A | B |\n| --- | --- |\n| c | d, e<br>f, g |",
        ),
        (
            "<tr><th><th>A<th>B<tr><th scope=row>c<td>d<td>e<tr><th colspan=3>F<tr><th>g<td>h<td>i",
            "|  | A | B |\n| --- | --- | --- |\n| c | d | e |\n| **F** |  |  |\n| g | h | i |",
        ),
    ],
)  # fmt: skip
def test_tables_are_grids_with_titles_and_sections(rows: str, expected: str) -> None:
    assert _table(rows) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<i class='fa fa-check'></i>", "Yes"),
        ("<i class='fas fa-times' aria-hidden=true></i>", "No"),
        ("<svg><title>Planned</title><path d=x></path></svg>", "Planned"),
        ("<span class=icon aria-label='Not available'></span>", "Not available"),
        ("<img src='/i/green-tick.svg'>", "Yes"),
        ("<img alt='Yes'>", "Yes"),
        ("<i class='material-icons'>close</i>", "No"),
        ("<i class='icon-check'></i><span class=sr-only>Only paid</span>", "Only paid"),
        ("<input type=checkbox checked>", "☒"),
        ("<img class=emoticon alt='(tick)'> Oslo", "✓ Oslo"),
        ("<img alt='Flag of Norway'> Norway", "Norway"),
        ("<del>Rome</del> Oslo", "~~Rome~~ Oslo"),
        ("<a href='https://x.example/a|b'>Oslo</a>", "[Oslo](https://x.example/a%7Cb)"),
        ("<span></span>", ""),
    ],
)
def test_a_picture_in_a_cell_stands_for_a_word(cell: str, expected: str) -> None:
    said = _table(f"<tr><th>A<th>B<tr><td>x<td>{cell}")
    assert said.splitlines()[-1] == f"| x | {expected} |"


@pytest.mark.parametrize(
    "body",
    [
        "<div role=table><div role=rowgroup><div role=row><b role=columnheader>A</b><b "
        "role=columnheader>B</b></div></div><div role=row><span role=cell>c</span>"
        "<span role=cell>d</span></div></div>",
        "<div class=divTable><div class=divTableRow><div class=divTableHead>A</div>"
        "<div class=divTableHead>B</div></div><div class=divTableRow><div class=divTableCell>c"
        "</div><div class=divTableCell>d</div></div></div>",
        "<div style='display:table'><p style='display:table-row'><b style='display:table-cell'>A"
        "</b><b style='display:table-cell'>B</b></p><p style='display:table-row'>"
        "<b style='display:table-cell'>c</b><b style='display:table-cell'>d</b></p></div>",
    ],
)
def test_a_table_that_is_made_of_other_elements(body: str) -> None:
    assert _text(body) == "| A | B |\n| --- | --- |\n| c | d |"


def test_sections_and_joined_cells_reach_the_structure() -> None:
    text = _table(
        "<tr><th>Country<th>Runs<th>Keeps<tr><td colspan=3>North<tr><td>Norway<td colspan=2>Oslo"
        "<tr><td colspan=3>South<tr><td rowspan=2>Italy<td>Rome<td>Bari<tr><td>Turin<td>Genoa"
    )
    structure = parse(text, markdown=True)
    rows = [
        ([cell.span.of(structure.text) for cell in block.cells],
         [span.of(structure.text).strip("*") for span in block.under])
        for block in structure.blocks
        if block.kind is BlockKind.ROW
    ]  # fmt: skip
    assert rows == [
        (["Norway", "Oslo", "Oslo"], ["North"]),
        (["Italy", "Rome", "Bari"], ["South"]),
        (["Italy", "Turin", "Genoa"], ["South"]),
    ]


# What a site puts around a page, and what it holds besides


def test_what_is_no_text_is_counted_where_the_page_is() -> None:
    body = (
        "<nav><img alt=Logo></nav><main><p>Kept in Oslo.</p><img src='/a/map.png' alt='Map'>"
        "<img src=dot.gif width=1 height=1><iframe src='https://x.example' title='Film'></iframe>"
        "<video src=a.mp4></video><region-list src=b></region-list>"
        "<svg><text>Plan of sites</text></svg></main>"
    )
    assert _counts(body) == {
        "image": (2, ("Map", "Plan of sites")), "embedded page": (1, ("Film",)),
        "video": (1, ("a.mp4",)), "part shown by scripts": (1, ("region-list",)),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<main><p>Kept in Oslo.</p></main><main><p>Rome.</p></main>", "Kept in Oslo.\n\nRome."),
        ("<header><h1>T</h1><nav>n</nav></header><main><p>Oslo.</p></main>", "# T\n\nOslo."),
        ("<header><h1><a href='/'>Site</a></h1></header><main><p>Oslo.</p></main>", "Oslo."),
        ("<article class=teaser>New.</article><div id=content><p>Kept in Oslo, in two sites.</p>"
         "</div>", "Kept in Oslo, in two sites."),
        ("<main>Hi.</main><section><h2>Where</h2><p>Customer data is kept in Oslo.</p></section>",
         "Hi.\n\n## Where\n\nCustomer data is kept in Oslo."),
        ("<form><input type=hidden><h1>T</h1><p>Oslo.</p></form>", "# T\n\nOslo."),
        ("<p>Oslo.</p><form><p>Subscribe</p><input type=email></form>", "Oslo."),
        ("<h2 id=toc>Where</h2><div id=toc>menu</div><p>Oslo.</p>", "## Where\n\nOslo."),
        ("<article><header><h1>T</h1></header><p>Oslo.</p><footer>Updated 5 May 2024</footer>"
         "</article>", "# T\n\nOslo.\n\nUpdated 5 May 2024"),
        ("<div class=hidden-xs><table><tr><th>A<th>B<tr><td>x<td>y</table></div>"
         "<div class=visible-xs><p>A: x</p><p>B: y</p></div>",
         "| A | B |\n| --- | --- |\n| x | y |"),
        ("<p>Oslo.</p><noscript>Please enable JavaScript.</noscript>", "Oslo."),
    ],
)  # fmt: skip
def test_the_page_is_read_without_its_site(body: str, expected: str) -> None:
    assert _text(body) == expected


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<script type='application/ld+json'>{\"@graph\": [{\"@type\": \"Organization\", "
         "\"dateModified\": \"2001-01-01\"}, {\"@type\": \"TechArticle\", \"datePublished\": "
         "\"2020-01-02\", \"dateModified\": \"2024-03-04T05:06:07Z\"}]}</script>", "<p>A</p>",
         date(2024, 3, 4)),
        ("<script type='application/ld+json'>{broken</script>", "<p>A</p>", None),
        ("", "<article><header>Updated <time datetime='2024-03-04'>4 March</time></header>A"
         "</article>", date(2024, 3, 4)),
        ("", "<article><div class=entry-meta><time class=published datetime='2023-03-04'>x</time>"
         "<time class=updated datetime='2024-03-04'>y</time></div>A</article>", date(2024, 3, 4)),
        ("", "<article><p>On <time datetime='1999-01-01'>that day</time> it opened.</p></article>",
         None),
    ],
)  # fmt: skip
def test_a_page_has_the_date_that_it_states(head: str, body: str, expected: date | None) -> None:
    assert _read(body, head).date == expected


def test_title_and_address_of_a_page() -> None:
    told = (
        "<meta property='og:title' content='Sites'><meta property='og:site_name' content='Veld'>"
        "<meta property='og:url' content='https://x.example/s'>"
    )
    page = _read("<svg><title>Logo</title></svg><p>A</p>", told)
    assert (page.title, page.source) == ("Sites | Veld", "https://x.example/s")
    saved = "<!-- saved from url=(0020)https://x.example/t -->"
    assert from_html(f"{saved}<html><p>A</p></html>".encode()).source == "https://x.example/t"
    old = "<?xml version='1.0' encoding='iso-8859-1'?><html><p>Genève</p></html>"
    assert from_html(old.encode("latin-1")).text == "Genève\n"


def test_statements_of_a_template_are_no_text() -> None:
    page = from_html(
        b"{% extends 'x.html' %}{# why #}{% block page_title %} Sites {% endblock %}"
        b"{% block main %}<h1>Where</h1><p>Kept in {{ city }} and {{ _('Rome') }}, see "
        b"<a href=\"{{ url_for('a') }}\">more</a>.</p>{% endblock %}"
    )
    assert page.text == "# Where\n\nKept in … and Rome, see more.\n"
    assert page.title == "Sites"
    assert [(one.what, one.examples) for one in page.left_out] == [("variable", ("city",))]
    plain = "<p>Write {{ name }} and 100%} there.</p>"
    assert from_html(plain.encode()).text == "Write {{ name }} and 100%} there.\n"
    assert from_html(b"---\ntitle: A\n---\n<p>B</p>").text == "---\ntitle: A\n---\n\nB\n"


# Saved pages


_SAVED = """From: <Saved by Blink>
Snapshot-Content-Location: https://x.example/sites
Subject: Sites
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="B"

--B
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable
Content-Location: https://x.example/sites

<html><head><meta charset=3D"utf-8"><title>Sites</title></head><body><main><p>Kept in Troms=C3=B8, =
see <a href=3D"b">more</a>.</p></main></body></html>
--B
Content-Type: text/html
Content-Location: cid:frame

<p>Ad</p>
--B
Content-Type: image/png
Content-Transfer-Encoding: base64

AAAA
--B--
"""


def test_a_page_that_is_saved_whole() -> None:
    page = from_mhtml(_SAVED.replace("\n", "\r\n").encode())
    assert page.text == "Kept in Tromsø, see [more](https://x.example/b).\n"
    assert (page.title, page.source) == ("Sites", "https://x.example/sites")
    assert [(one.what, one.count) for one in page.left_out] == [("embedded page", 1)]


@pytest.mark.parametrize("content", [b"", b"plain", b"\x00\xff" * 50, _SAVED[:200].encode()])
def test_what_is_no_saved_page_is_refused(content: bytes) -> None:
    with pytest.raises(Unusable) as caught:
        from_mhtml(content)
    assert caught.value.next_step


# Hostile pages


_MANY = 3000


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>x<sup><a href='#n{i}'>{i % 900}</a></sup></p>" for i in range(_MANY))
        + "".join(f"<p id=n{i}>{i % 900} y</p>" for i in range(_MANY)),
        "<p>"
        + "".join(f"<sup><a href='#n{i}'>1</a></sup>" for i in range(_MANY))
        + "</p><p>"
        + "".join(f"<a id=n{i}></a>1" for i in range(_MANY))
        + "</p>",
        "<div>" + "<div role=tablist><button role=tab>a</button></div>" * _MANY + "x</div>",
        "<div aria-expanded=true>" * 200 + "<p>x</p>" * _MANY,
        "<div class=note>" * 200 + "<p>x</p>" * _MANY,
        "<table><tr><td>a<td>" * 60 + "x",
        "<table><tr><td>a<td>" + "<img alt=b>" * _MANY + "</table>",
        "{% if x %}" + "{{" * (_MANY * 10),
        "<b>" + "*_`[]" * _MANY + "</b>",
    ],
)
def test_a_page_is_read_in_a_time_that_grows_with_it(body: str) -> None:
    started = time.monotonic()
    assert _text(body)
    assert time.monotonic() - started < 30


def test_joined_cells_that_repeat_without_end_are_refused() -> None:
    said = "x" * 2000
    rows = "<tr><td>b</tr>" * 5000
    with pytest.raises(Unusable, match="joins too many cells"):
        _read(f"<table><tr><th>a<td rowspan=60000 colspan=99>{said}</tr>{rows}</table>")


def test_what_a_renderer_is_given_may_be_a_part_of_a_page() -> None:
    tree = parse_html("<table><tr><th>A<th>B<tr><td>c<td>d</table>")
    assert render(tree) == "| A | B |\n| --- | --- |\n| c | d |\n"


def test_control_characters_are_blanks() -> None:
    page = "<p>Kept &#1;in <span hidden>x</span>\x0b Oslo &#x1F; now &#12; and &#128;5.</p>"
    assert from_html(page.encode()).text == "Kept in Oslo now and €5.\n"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (
            "<title>Orla</title><main><h1>Sites</h1><p>In Bergen.</p></main>",
            "# Sites\n\nIn Bergen.\n",
        ),
        ("<title>Orla</title><meta charset=utf-8><article><p>In Oslo.</p></article>", "In Oslo.\n"),
        (
            "<title>Orla</title><section><p>In Oslo.</p></section><p>In Turku.</p>",
            "In Oslo.\n\nIn Turku.\n",
        ),
    ],
)
def test_a_page_without_the_tags_of_head_and_body_keeps_its_text(page: str, text: str) -> None:
    read = from_html(f"<!doctype html>\n{page}".encode())
    assert (read.title, read.text) == ("Orla", text)
