"""reStructuredText becomes the reading form: what readers of the page see, and nothing else."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.formats import Extracted, extract
from corpus.formats.rst.from_rst import from_rst
from corpus.formats.types import LeftOut, Unusable


def _read(source: str) -> Extracted:
    return from_rst(dedent(source).encode())


def _blocks(source: str) -> list[str]:
    return _read(source).text.strip().split("\n\n")


def _left_out(source: str) -> dict[str, LeftOut]:
    return {one.what: one for one in _read(source).left_out}


def test_titles_become_headings_by_their_depth() -> None:
    assert _blocks(
        """
        ############
        Harbor Notes
        ############

        For administrators
        ==================

        Storage
        -------

        Files are kept in Tartu.

        Backups
        -------

        Nightly
        ~~~~~~~

        Copies lie in Narva.
        """
    ) == [
        "# Harbor Notes", "For administrators", "## Storage", "Files are kept in Tartu.",
        "## Backups", "### Nightly", "Copies lie in Narva.",
    ]  # fmt: skip


def test_fields_are_records_and_tell_the_date() -> None:
    page = """
        Harbor Notes
        ============

        :Last updated: 9 October 2025
        :Owner: Data team

        Files are kept in Tartu.
        """
    assert _blocks(page)[1] == "- **Last updated**: 9 October 2025\n- **Owner**: Data team"
    assert _read(page).date == date(2025, 10, 9)


@pytest.mark.parametrize(
    ("field", "stated"),
    [
        (":Date: 2025-03-04", date(2025, 3, 4)),
        (":Date: $Date: 2024/02/01 10:00:00 $", date(2024, 2, 1)),
        (":Revision: March 7th, 2024", date(2024, 3, 7)),
        (":Updated: 25/12/2024", date(2024, 12, 25)),
        (":Updated: 2024-02-01 (draft)", date(2024, 2, 1)),
        (":Last updated: Octobre 2025", date(2025, 10, 1)),
        (":Revised: 2024", None),
        (":Updated: 03/04/2025", None),
        (":Revision: 1.4", None),
        (":Date: 31 February 2025", None),
        (":Founded: 2001-01-01", None),
    ],
)
def test_a_date_is_taken_only_where_it_can_be_read_in_one_way(
    field: str, stated: date | None
) -> None:
    assert _read(f"Harbor\n======\n\n{field}\n\nText.\n").date == stated


def test_a_field_below_the_text_does_not_date_the_page() -> None:
    assert _read("Text.\n\n:Date: 2025-03-04\n").date is None


def test_fields_that_steer_sphinx_are_no_text() -> None:
    assert _blocks(":orphan:\n:tocdepth: 2\n\nHarbor\n======\n\nText.\n") == ["# Harbor", "Text."]


def test_a_list_table_has_its_title_above() -> None:
    assert _blocks(
        """
        .. list-table:: Where records lie
           :header-rows: 1
           :stub-columns: 1
           :widths: 20 80
           :unheard-of: yes

           * - Record
             - Site
           * - Invoices
             - Tartu

               from 2024
           * - Letters
        """
    ) == [
        "Where records lie",
        "| Record | Site |\n| --- | --- |\n| Invoices | Tartu<br>from 2024 |\n| Letters |  |",
    ]


def test_a_grid_table_keeps_spans_apart() -> None:
    assert _blocks(
        """
        +----------+----------+----------+
        | Data     | Basic    | Extended |
        +==========+==========+==========+
        | Invoices | Tartu               |
        |          +----------+----------+
        |          | Narva    | Riga     |
        +----------+----------+----------+
        | For partners                   |
        +----------+----------+----------+
        | Orders   | a | b    | - x      |
        |          |          | - y      |
        +----------+----------+----------+
        """
    ) == [
        "| Data | Basic | Extended |\n"
        "| --- | --- | --- |\n"
        "| Invoices | Tartu | Tartu |\n"
        "|  | Narva | Riga |\n"
        "| **For partners** |  |  |\n"
        "| Orders | a \\| b | x<br>y |"
    ]


def test_simple_and_csv_tables() -> None:
    simple = """
        =====  =====
        Data   Site
        =====  =====
        Mail   Tartu
        =====  =====
        """
    table = "| Data | Site |\n| --- | --- |\n| Mail | Tartu |"
    assert _blocks(simple) == [table]
    assert _blocks('.. csv-table::\n   :header: Data, Site\n\n   Mail, "Tartu"\n') == [table]


def test_a_table_whose_lines_do_not_fit_is_kept_and_told() -> None:
    broken = "+----+----+\n| a  | b  |\n+----+--+\n| c  | d |\n+----+----+\n"
    assert "| c  | d |" in _read(broken).text
    assert "table whose lines do not fit" in _left_out(broken)


def test_lists_nest_and_start_where_they_say() -> None:
    assert _blocks(
        """
        3. Order

           - by mail
           - by phone

             Office hours only.

        4. Pay
        """
    ) == ["3. Order\n   - by mail\n   - by phone", "     Office hours only.\n4. Pay"]


def test_terms_options_and_glossaries_are_labels() -> None:
    assert _blocks(
        """
        Retention
           Thirty days.

        -r, --region  Where it runs.

        .. glossary::

           home region
           base
              Where an account began.
        """
    ) == [
        "- **Retention**: Thirty days.",
        "* **-r, --region**: Where it runs.",
        "- **home region, base**: Where an account began.",
    ]


def test_notes_of_every_kind() -> None:
    assert _blocks(
        """
        .. warning:: Copies leave the country.

        .. admonition:: Mind *this*

           Logs stay.

        .. deprecated:: 4.2
           Use the Tartu site.

        .. versionadded:: 4.3 Narva is a site.

        .. seealso:: The list of sites.
        """
    ) == [
        "::: note", "Copies leave the country.", ":::",
        "::: note Mind this", "Logs stay.", ":::",
        "::: note Deprecated since version 4.2", "Use the Tartu site.", ":::",
        "::: note Added in version 4.3", "Narva is a site.", ":::",
        "The list of sites.",
    ]  # fmt: skip


def test_tabs_and_conditions_hold_for_a_choice() -> None:
    assert _blocks(
        """
        .. tabs::

           .. group-tab:: Europe

              Data lies in Tartu.

        .. tab-set::

           .. tab-item:: Asia
              :sync: asia

              Data lies in Busan.

        .. only:: sovereign

           Keys lie in Riga.

        .. only:: html

           Read on.
        """
    ) == [
        "::: tab Europe", "Data lies in Tartu.", ":::",
        "::: tab Asia", "Data lies in Busan.", ":::",
        "::: zone sovereign", "Keys lie in Riga.", ":::",
        "Read on.",
    ]  # fmt: skip


def test_footnotes_and_citations_are_marks_with_notes() -> None:
    page = """
        Mail lies in Tartu [#mail]_ or Narva [1]_, see [Law]_ and [*]_.

        .. [#mail] Not for trials.
        .. [1] Since May.

           And for good.
        .. [Law] The act of 2020.
        .. [*] Starred.
        """
    first, *notes = _blocks(page)
    marks = [note.split("]")[0] + "]" for note in notes if note.startswith("[^")]
    assert len(set(marks)) == 4
    assert [mark for mark in marks if mark not in first] == []
    assert "[^mail]: Not for trials." in notes
    assert "    And for good." in notes


def test_text_within_lines() -> None:
    assert _blocks(
        r"""
        |Product| keeps *mail* in **Tartu**, ``--a|b`` and ``x*y``; `a site <https://example.org/a>`_.
        H\ :sub:`2`\ O, m\ :sup:`2`, 5 * 3, snake_case, :strike:`Riga`, <b> & &amp; [x](y).

        .. |Product| replace:: Harbor *Mail*
        .. role:: strike
        """
    ) == [
        "Harbor Mail keeps mail in **Tartu**, --a|b and `x*y`; [a site](https://example.org/a). "
        "H2O, m^2^, 5 \\* 3, snake_case, ~~Riga~~, \\<b> & \\&amp; \\[x\\](y)."
    ]


def test_roles_show_what_sphinx_shows() -> None:
    assert _blocks(
        """
        .. _sites-label:

        Our sites
        ---------

        See :ref:`sites-label`, :ref:`the list <sites-label>`, :doc:`/guide/start`,
        :guilabel:`&Save`, :menuselection:`File --> Open`, :term:`home region`,
        :py:class:`~harbor.mail.Box`, :file:`/etc/{name}`, :ref:`elsewhere`, :nobody:`knows`.
        """
    )[-1] == (
        "See Our sites, the list, guide/start, Save, File ‣ Open, home region, `Box`, `/etc/name`, "
        "elsewhere, knows."
    )


def test_what_cannot_be_resolved_is_told_and_shows_no_mark_up() -> None:
    page = "The |product| of release_ and `the list`_ is *open. See [9]_.\n"
    assert _blocks(page) == ["The … of release and the list is \\*open. See \\[9\\]."]
    assert _left_out(page)["name without a value"].examples == ("product",)


def test_the_day_of_conversion_is_no_date_of_the_page() -> None:
    page = "As of |today|.\n\n.. |today| date::\n"
    assert _blocks(page) == ["As of …."]


def test_unknown_directives_are_text_and_are_counted() -> None:
    page = """
        .. spotlight:: Sites of the north
           :colour: blue

           Mail lies in *Tartu*.
        """
    assert _blocks(page) == ["Sites of the north", "Mail lies in Tartu."]
    assert _left_out(page)["directive"].examples == ("spotlight Sites of the north",)


def test_pictures_and_other_files_are_counted() -> None:
    page = """
        .. figure:: map.png
           :alt: Map of sites

           Sites in May.

        .. include:: more.rst

        .. csv-table:: Sites
           :file: /etc/passwd

        .. literalinclude:: run.py
        """
    assert _blocks(page) == ["Sites in May."]
    left_out = _left_out(page)
    assert left_out["image"].examples == ("Map of sites",)
    assert left_out["included file"].examples == ("more.rst", "/etc/passwd", "run.py")


def test_a_picture_in_a_cell_stands_for_its_word() -> None:
    page = """
        .. |yes| image:: tick.png
           :alt: yes

        ====  =====
        Mail  |yes|
        Logs  no
        ====  =====
        """
    assert "| Mail | yes |" in _read(page).text


def test_comments_navigation_and_targets_are_no_text() -> None:
    assert _blocks(
        """
        .. A comment
           over lines

        .. _target: https://example.org
        .. contents:: On this page
        .. toctree::
           :maxdepth: 2

           one
           two
        .. index:: mail

        Text.
        """
    ) == ["Text."]


def test_quotes_lines_code_and_rubrics() -> None:
    assert _blocks(
        """
        .. rubric:: Address

        | Harbor Mail
        | Tartu

        They say:

          We stay.

          -- The board

        .. code-block:: bash
           :caption: Move it

           mail move --to tartu

        As typed::

          a  b
        """
    ) == [
        "**Address**", "Harbor Mail\nTartu", "They say:", "> We stay.\n> \n> — The board",
        "Move it", "```\nmail move --to tartu\n```", "As typed:", "```\na  b\n```",
    ]  # fmt: skip


def test_html_within_a_page_is_read() -> None:
    page = """
        .. raw:: html

           <table><tr><th>Data</th><th>Site</th></tr><tr><td>Mail</td><td>Tartu</td></tr></table>

        .. raw:: latex

           \\newpage
        """
    assert _blocks(page) == ["| Data | Site |\n| --- | --- |\n| Mail | Tartu |"]


def test_titles_that_docutils_refuses_are_kept() -> None:
    page = """
        Sites
        =====

        Deep
        ----

        Odd
        ~~~

        Wrong
        ^^^^

        Text.

        .. container::

           Inside
           ------

           More.
        """
    text = _read(page).text
    assert [word for word in ("Odd", "Wrong", "Inside", "More.") if word not in text] == []
    assert "^^^" not in text
    assert "---" not in text


def test_dropdowns_keep_their_title_and_content() -> None:
    assert _blocks(".. dropdown:: Older sites\n   :open:\n\n   Riga until 2020.\n") == [
        "**Older sites**",
        "Riga until 2020.",
    ]


@pytest.mark.parametrize("name", ["mail.rst", "MAIL.REST"])
def test_files_are_read_apart_from_our_process(name: str) -> None:
    page = "Mail\n====\n\n:Date: 2025-03-04\n\n.. image:: a.png\n\nMail lies in *Tartu*.\n"
    found = extract(name, page.encode())
    assert found.text.endswith("Mail lies in Tartu.\n")
    assert found.markdown
    assert found.date == date(2025, 3, 4)
    assert found.left_out == (LeftOut("image", 1, ("a.png",)),)


def test_bad_files_are_refused() -> None:
    for content in (b"\xff\xfe\xfa", b"a\x00b"):
        with pytest.raises(Unusable):
            from_rst(content)
    with pytest.raises(DocumentError):
        extract("empty.rst", b".. only a comment\n")


def test_substitutions_that_grow_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = ".. |a| replace:: |b| |b|\n.. |b| replace:: some words\n\nSay |a|.\n"
    assert "some words some words" in from_rst(page.encode()).text
    monkeypatch.setattr("corpus.formats.rst.rst_tree._MOST_SUBSTITUTED", 20)
    with pytest.raises(Unusable, match="grow too much"):
        from_rst(page.encode())


def test_paragraphs_that_take_too_long_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "Kept in *Oslo* and in *Rome*.\n"
    assert "Oslo and in Rome" in from_rst(page.encode()).text
    monkeypatch.setattr("corpus.formats.rst.from_rst._MOST_WORK", 20)
    with pytest.raises(Unusable, match="too long"):
        from_rst(page.encode())


_PIECES = st.sampled_from(
    """*|**|`|``|_|__|.. |::|:|[|]_|#|[#]_|.. [#] |.. |x| replace:: |.. list-table::
|   * - |+---+|+===+|=====|-----|
|

|   |text|\\|:role:`|.. note::|.. tab:: a|.. raw:: html
|<b>|>>> |-a |1. |- |.. figure:: x|.. csv-table::
|"|,|\t|.. include:: x|.. role:: x(raw)
|.. math::|.. only:: |.. code:: |.. date::|.. unicode:: |.. parsed-literal::
|.. class:: |.. topic:: t|.. header:: |.. meta::
|.. sectnum::
|.. default-role:: x
|.. target-notes::|.. glossary::|.. versionadded:: 1|.. compound::|.. image:: |:a: b
""".split("|")
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=40).map("".join)))
@example(".. |a| image::\n\n|a|")
@example("[#]_ [#]_\n\n.. [#] x")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = from_rst(text.encode("utf-8", "replace"))
    except Unusable:
        return
    assert "System Message" not in found.text


def test_a_constant_of_the_site_s_builder_leaves_a_gap() -> None:
    """Snooty, which builds MongoDB's pages, writes constants as `{+name+}`."""
    extracted = from_rst(
        b"Copy {+service+} Snapshots\n==========================\n\nA {+cluster+} is kept.\n"
    )
    assert "# Copy … Snapshots" in extracted.text
    assert "A … is kept." in extracted.text
    assert [one.what for one in extracted.left_out] == ["name without a value"]
