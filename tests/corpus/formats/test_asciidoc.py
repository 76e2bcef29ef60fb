"""AsciiDoc becomes the reading form: what readers of the page see, and nothing else."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.formats import Extracted, extract
from corpus.formats.asciidoc.from_asciidoc import from_asciidoc
from corpus.formats.types import LeftOut, Unusable


def _read(source: str) -> Extracted:
    return from_asciidoc(dedent(source).strip("\n").encode())


def _blocks(source: str) -> list[str]:
    return _read(source).text.strip().split("\n\n")


def _left_out(source: str) -> dict[str, LeftOut]:
    return {one.what: one for one in _read(source).left_out}


def _line(source: str) -> str:
    """Return what one paragraph becomes."""
    return _read(source).text.rstrip("\n")


def test_the_head_of_a_document_tells_whose_and_when() -> None:
    page = """
        // written by hand
        = Harbor Mail: *sites*
        Kaia Tamm <kaia@example.org>
        v1.2, 2025-03-04: after the move
        :product: Harbor
        :description: unseen

        {product} keeps mail in Tartu.
        """
    assert _blocks(page) == [
        "# Harbor Mail: sites",
        "- **Author**: Kaia Tamm\n- **Version**: 1.2\n- **Date**: 2025-03-04\n"
        "- **Remark**: after the move",
        "Harbor keeps mail in Tartu.",
    ]
    assert _read(page).date == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        (":revdate: 9 October 2025", date(2025, 10, 9)),
        (":revdate: 03/04/2025", None),
        (":last-updated: 2024-02-01", date(2024, 2, 1)),
        (":docdate: sometime", None),
    ],
)
def test_the_date_is_that_of_the_attributes(head: str, stated: date | None) -> None:
    assert _read(f"= Harbor\n{head}\n\nText.").date == stated


def test_text_right_below_the_title_is_text() -> None:
    assert _blocks("= Harbor\nMail lies in Tartu, and logs lie in Narva.\n") == [
        "# Harbor",
        "Mail lies in Tartu, and logs lie in Narva.",
    ]


def test_sections_and_paragraphs() -> None:
    assert _blocks(
        """
        [[sites]]
        == Sites ==

        Mail lies in Tartu
        and in Narva.
        // nobody sees this

        [#more.role]
        === More

        First line +
        second line

        ////
        Nor this.

        Nor that.
        ////

        Old
        ---
        '''
        <<<
        End.
        """
    ) == ["## Sites", "Mail lies in Tartu and in Narva.", "### More", "First line\nsecond line",
          "## Old", "End."]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("*Mail* and _logs_ are `kept`.", "**Mail** and logs are `kept`."),
        ("**M**ail, __l__ogs, ``k``ept", "**M**ail, logs, `k`ept"),
        (r"`\__a` and `b.\*`", "`__a` and `b.*`"),
        ("snake_case_name and 2*3*4", "snake_case_name and 2\\*3\\*4"),
        ("#marked# and [.line-through]#gone# now", "marked and ~~gone~~ now"),
        ("m^2^ and H~2~O", "m^2^ and H2O"),
        ("`+{literal}+` and +*plain*+", "`{literal}` and \\*plain\\*"),
        ("pass:[<u>word</u>] and +++<b>x</b>+++", "word and x"),
        (r"\*not bold* and \{name}", r"\*not bold\* and {name}"),
        ('"`quoted`" text -- here...', "“quoted” text — here…"),
        ("(C) 2025, A -> B", "© 2025, A → B"),
        ("a&nbsp;b &lt; c", "a b < c"),
        ("C++ or C++ and i++", "C++ or C++ and i++"),
        ("https://example.org/a_b[our *site*^] now", "[our **site**](https://example.org/a_b) now"),
        ("link:https://example.org[site,window=_blank].", "[site](https://example.org)."),
        ("See https://example.org/x_y_z.", "See https://example.org/x_y_z."),
        ("mailto:a@example.org[write us]", "[write us](mailto:a@example.org)"),
        ("xref:other.adoc#top[the others], xref:a.adoc[]", "the others, a.adoc"),
        ("kbd:[Ctrl+C], btn:[OK], menu:File[Save > As]", "Ctrl+C, OK, File ‣ Save ‣ As"),
        ("((indexed)) word(((a, b)))[[here]]", "indexed word"),
        ("stem:[x < y]", "`x < y`"),
        ("{counter:n}, {counter:n}; {plus}{nbsp}{lt}", "1, 2; + \\<"),
        ("1. x | y ~~ [z](w) ^q^", None),
    ],
)  # fmt: skip
def test_text_within_lines(source: str, written: str | None) -> None:
    if written is None:
        assert "\\[z\\](w)" in _line(f"Text {source}")
    else:
        assert _line(source) == written


def test_references_show_the_title_that_they_mean() -> None:
    assert (
        _blocks(
            """
        See <<sites>>, <<sites,the list>>, <<_our_logs>> and <<Our logs>> or <<nowhere>>.

        [[sites]]
        == Our sites

        == Our logs
        """
        )[0]
        == "See Our sites, the list, Our logs and Our logs or nowhere."
    )


def test_names_without_a_value_are_told() -> None:
    page = ":known: Harbor {lost}\n\n{known} and {product-name} of `{site}`: {known}."
    assert "{" not in _line(page)
    assert _left_out(page)["name without a value"].count == 4
    assert "product-name" in _left_out(page)["name without a value"].examples


def test_attributes_change_where_they_are_given() -> None:
    assert _blocks(
        """
        :site: Tartu

        In {site}.

        :site: Narva, \\
        north

        In {site}.

        :!site:

        In {site}.
        """
    ) == ["In Tartu.", "In Narva, north.", "In …."]


def test_lists_nest_by_their_marks() -> None:
    assert _blocks(
        """
        * Mail
        goes on
        ** Tartu
        *** North
        ** Narva
        - other
        * Logs

        [start=4]
        . Order
        .. by mail
        . Pay
        """
    ) == [
        "- Mail goes on\n  - Tartu\n    - North\n  - Narva\n    - other\n- Logs",
        "4. Order\n   1. by mail\n5. Pay",
    ]


def test_boxes_are_ticked_or_not() -> None:
    assert _line("* [x] Mail\n* [*] Logs\n* [ ] Keys\n") == "- [x] Mail\n- [x] Logs\n- [ ] Keys"


def test_what_is_attached_to_an_item_stays_in_it() -> None:
    assert _blocks(
        """
        * Mail
        +
        It lies in Tartu.
        +
        ----
        move --mail
        ----
        ** Copies
        +
        --
        One.

        Two.
        --

        +
        Again of mail.
        * Logs
        """
    ) == [
        "- Mail", "  It lies in Tartu.", "  ```\n  move --mail\n  ```", "  - Copies",
        "    One.", "    Two.", "  Again of mail.\n- Logs",
    ]  # fmt: skip


def test_terms_are_labels() -> None:
    assert _blocks(
        """
        Mail:: Tartu
        Logs::
          Narva and
          Riga
        Keys::

        * held *here*
        * and there

        home::
        base:: Where it began.
        """
    ) == [
        "- **Mail**: Tartu\n- **Logs**: Narva and Riga\n- **Keys**:\n"
        "  - held **here**\n  - and there\n- **home, base**: Where it began."
    ]


def test_a_table_with_cells_on_lines_of_their_own() -> None:
    assert _blocks(
        """
        .Where it lies
        [%header,cols="2,1,1"]
        |===
        | Data | Basic | Extended

        | Mail
        | Tartu,
        Estonia
        | Narva

        | Logs a\\|b
        |
        | *Riga*
        |===
        """
    ) == [
        "Where it lies",
        "| Data | Basic | Extended |\n| --- | --- | --- |\n| Mail | Tartu, Estonia | Narva |\n"
        "| Logs a\\|b |  | **Riga** |",
    ]


def test_spans_and_heading_rows_of_a_table() -> None:
    assert _blocks(
        """
        |===
        |Data |Basic |Extended

        .2+|Mail 2+|Tartu
        |Narva |Riga
        3+|For partners
        |Orders 2*|x
        |===
        """
    ) == [
        "| Data | Basic | Extended |\n| --- | --- | --- |\n| Mail | Tartu | Tartu |\n"
        "|  | Narva | Riga |\n| **For partners** |  |  |\n| Orders | x | x |"
    ]


@pytest.mark.parametrize(
    "table",
    [
        '[%header,format=csv]\n|===\nData,Site\nMail,"Tartu, Narva"\n|===',
        ',===\nData,Site\n\nMail,"Tartu, Narva"\n,===',
        '[%header,separator=;]\n|===\n;Data;Site\n;Mail;Tartu, Narva\n|===',
        "[%header]\n:===\nData:Site\nMail:Tartu, Narva\n:===",
        '[options="header",cols="1,1a"]\n|===\n|Data|Site\n|Mail|Tartu, Narva\n|===',
    ],
)  # fmt: skip
def test_every_notation_of_a_table(table: str) -> None:
    assert _line(table) == "| Data | Site |\n| --- | --- |\n| Mail | Tartu, Narva |"


def test_blocks_within_a_cell() -> None:
    assert _blocks(
        """
        [cols="1,1"]
        |===
        |Mail
        a|
        * Tartu
        * Narva

        NOTE: Until May.

        |Logs
        |One.

        Two.
        |===
        """
    ) == [
        "|  |  |\n| --- | --- |\n| Mail | Tartu<br>Narva<br>Until May. |\n| Logs | One.<br>Two. |"
    ]


def test_notes_sidebars_and_quotes() -> None:
    assert _blocks(
        """
        NOTE: Mail stays.

        [WARNING]
        .Mind this
        ====
        Logs *leave*.
        ====

        [TIP]
        Move it.

        .Beside
        ****
        Keys.
        ****

        [quote, The board]
        ____
        We stay.
        ____

        > We go.
        """
    ) == [
        "::: note", "Mail stays.", ":::", "::: note Mind this", "Logs **leave**.", ":::",
        "::: note", "Move it.", ":::", "::: note Beside", "Keys.", ":::",
        "> We stay.\n> \n> — The board", "> We go.",
    ]  # fmt: skip


def test_code_keeps_its_lines_and_its_callouts() -> None:
    assert _blocks(
        """
        .Move it
        [source,bash]
        ----
        move --to tartu # <1>
        # |=== {site} ifdef
        ----
        <1> The site.

        As typed:

         as  typed
        """
    ) == [
        "**Move it**",
        "```\nmove --to tartu (1)\n# |=== {site} ifdef\n```",
        "1. The site.",
        "As typed:",
        "```\nas  typed\n```",
    ]


def test_tabs_are_choices() -> None:
    assert _blocks(
        """
        [tabs]
        ====
        Europe::
        +
        Mail lies in Tartu.

        Asia:: Mail lies in Busan.
        ====
        """
    ) == ["::: tab Europe", "Mail lies in Tartu.", ":::", "::: tab Asia", "Mail lies in Busan.",
          ":::"]  # fmt: skip


def test_conditions_that_the_document_decides() -> None:
    assert _blocks(
        """
        :eu:
        :!us:

        ifdef::eu[]
        In Tartu.
        endif::[]

        ifndef::eu[]
        Nowhere.
        endif::[]

        ifdef::us[In Ohio.]

        ifdef::eu,other[In Narva.]

        ifeval::["{backend}" == "pdf"]
        Printed.
        endif::[]
        """
    )[:2] == ["In Tartu.", "In Narva."]


def test_conditions_that_an_edition_decides_are_zones() -> None:
    assert _blocks(
        """
        ifdef::sovereign[]
        == Keys

        In Riga.
        endif::[]

        ifndef::sovereign[In Tartu.]

        ifdef::a+b[]
        Both.
        endif::a+b[]

        ifeval::["{edition}" == "small"]
        Small.
        endif::[]
        """
    ) == [
        "::: zone sovereign", "## Keys", "In Riga.", ":::",
        "::: zone not sovereign", "In Tartu.", ":::",
        "::: zone a and b", "Both.", ":::",
        "::: zone edition == small", "Small.", ":::",
    ]  # fmt: skip


def test_a_sentence_that_differs_by_edition_is_told_whole_for_each() -> None:
    assert _blocks(
        """
        Mail lies in
        ifdef::eu[]
        Tartu
        endif::[]
        ifdef::us[]
        Ohio
        endif::[]
        for good.
        """
    ) == [
        "::: zone eu", "Mail lies in Tartu for good.", ":::",
        "::: zone us", "Mail lies in Ohio for good.", ":::",
    ]  # fmt: skip


def test_conditions_within_lists_and_tables() -> None:
    assert _blocks(
        """
        * Mail
        ifdef::eu[]
        * Logs
        endif::[]
        * Keys
        """
    ) == ["- Mail", "::: zone eu", "- Logs", ":::", "- Keys"]
    table = """
        [cols="1,1"]
        |===
        |Mail |Tartu
        ifdef::eu[]
        |Logs |Narva
        endif::[]
        |Keys |Riga
        |===
        """
    assert "| Mail | Tartu |\n| (eu) Logs | Narva |\n| Keys | Riga |" in _read(table).text
    assert _left_out(table)["condition on rows of a table"].examples == ("eu",)


def test_footnotes_are_marks_with_notes() -> None:
    assert _blocks(
        """
        Mail lies in Tartu.footnote:[Not for https://example.org[trials].] Logs
        too.footnote:law[By the act.]

        Keys as well.footnote:law[]
        """
    ) == [
        "Mail lies in Tartu.[^1] Logs too.[^law]",
        "[^1]: Not for [trials](https://example.org).",
        "[^law]: By the act.",
        "Keys as well.[^law]",
    ]


def test_pictures_files_and_unknown_macros_are_counted() -> None:
    page = """
        .Our sites
        image::map.png[Map of sites,200]

        include::more.adoc[leveloffset=+1]

        An image:tick.png[tick] here.

        chart::line[data]

        [plantuml]
        ----
        a -> b
        ----
        """
    assert _blocks(page) == ["**Our sites**", "An here."]
    left_out = _left_out(page)
    assert left_out["image"].examples == ("Map of sites", "tick", "plantuml")
    assert left_out["included file"].examples == ("more.adoc",)
    assert left_out["macro"].examples == ("chart line",)


def test_a_picture_in_a_cell_stands_for_its_word() -> None:
    page = "[cols=2]\n|===\n|Mail |icon:check[]\n|Logs |image:no.png[no]\n|===\n"
    assert "| Mail | ✓ |\n| Logs | no |" in _read(page.replace("cols=2", 'cols="1,1"')).text


def test_html_that_is_passed_on_is_read() -> None:
    page = "++++\n<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>\n++++"
    assert _line(page) == "| A | B |\n| --- | --- |\n| 1 | 2 |"


def test_front_matter_stays_on_top() -> None:
    assert _read("---\ntitle: Mail\n---\n\n= Mail\n").text == "---\ntitle: Mail\n---\n\n# Mail\n"


@pytest.mark.parametrize("name", ["mail.adoc", "mail.asciidoc", "MAIL.ASC"])
def test_files_are_read_apart_from_our_process(name: str) -> None:
    found = extract(name, b"= Mail\n:revdate: 2025-06-30\n:title: Sites\n\nIn *Tartu*.\n")
    assert found.text.endswith("\n\nIn **Tartu**.\n")
    assert found.markdown
    assert found.title == "Sites"
    assert found.date == date(2025, 6, 30)


def test_bad_files_are_refused() -> None:
    for content in (b"\xff\xfe\xfa", b"a\x00b"):
        with pytest.raises(Unusable):
            from_asciidoc(content)
    with pytest.raises(DocumentError):
        extract("empty.adoc", b"// only a comment\n")


_GROWING = "".join(
    f":{name}: {inner}\n"
    for name, inner in zip("abcdefgh", ["text", *(f"{{{one}}}" * 10 for one in "abcdefg")],
                           strict=True)
)  # fmt: skip


@pytest.mark.parametrize(
    "page",
    [
        f"{_GROWING}\n{{h}}",
        "".join(f"{'=' * (4 + depth)}\n" for depth in range(200)),
        "[cols=2]\n|===\n" + ".9999+|a\n" * 100 + "|===",
        "|===\n" + "100+|a\n.9999+|b\n" * 9000 + "|===",
    ],
    ids=["attributes", "blocks", "rows", "cells"],
)
def test_what_grows_beyond_measure_is_refused_at_once(page: str) -> None:
    started = time.process_time()
    with pytest.raises(Unusable):
        from_asciidoc(page.encode())
    assert time.process_time() - started < 40


@pytest.mark.parametrize(
    "piece",
    ["*a ", "`a ", "_a ", "#a ", "[a", "{a", "+a ", "<<a ", "((a ", "|a ", "https://a[", "pass:[",
     "footnote:[a ", "image:a[", "\\", "* a\n", "a:: b\n", "a::\n", ". a\n+\n", "ifdef::a[]\n",
     "|===\n", "====\n", "[a]\n", ".a\n", "<1> a\n", " \n"],
)  # fmt: skip
def test_a_long_file_takes_seconds(piece: str) -> None:
    started = time.process_time()
    with suppress(Unusable):
        from_asciidoc((piece * (200_000 // len(piece))).encode())
    assert time.process_time() - started < 40


_PIECES = st.sampled_from(
    """*¦**¦`¦_¦#¦^¦~¦+¦++¦+++¦{a}¦:a: b
¦[¦]¦[[a]]¦<<¦>>¦((¦))¦footnote:[¦image:a[¦image::a[]
¦https://a.b[¦pass:[¦|===
¦,===
¦!===
¦|¦2+|¦.2+|¦a|¦!¦[cols="1,a"]
¦[%header]
¦----
¦====
¦--
¦....
¦____
¦****
¦++++
¦////
¦* a
¦** b
¦. c
¦- d
¦+
¦x:: y
¦x::
¦<1> z
¦ifdef::q[]
¦ifndef::q[]
¦endif::[]
¦ifdef::q[w]
¦ifeval::[1 == 2]
¦include::x[]
¦[tabs]
¦[NOTE]
¦NOTE: n
¦.T
¦== H
¦T
--
¦// c
¦\\¦

¦
¦ ¦text¦'''
¦> q
¦[quote]
¦[verse]
¦ lit
¦[source]
¦1. n
¦* [x] t
¦\ue000¦1\ue001¦&nbsp;¦{counter:a}¦{set:a:b}¦"`¦`"¦://¦\x0b¦[.line-through]#""".split("¦")
)


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
@example("|===\n2+|\n|===")
@example("\ue0005\ue001")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = from_asciidoc(text.encode("utf-8", "replace"))
    except Unusable:
        return
    assert not {"\ue000", "\ue001"} & set(found.text)
