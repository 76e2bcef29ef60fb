"""Title, service and publisher, as a page itself tells them."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.intake.naming import SiteTitle, site_name, without_site
from corpus.intake.sources import SourceFile, document_of
from corpus.types import Description

IN_LIMA = "Kestrel Mail stores messages in Lima. Kestrel Mail is run by us.\n"


def _about(text: str, name: str = "page.md") -> Description:
    return document_of(SourceFile(Path(name), name), text.encode()).about


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("Data residency | Kestrel Docs", "", SiteTitle("Data residency", ("Kestrel Docs",))),
        ("Data residency - Kestrel Docs", "", SiteTitle("Data residency", ("Kestrel Docs",))),
        ("Data sites – Kestrel Help Center", "", SiteTitle("Data sites", ("Kestrel Help Center",))),
        ("Sites - Mail | Kestrel Learn", "", SiteTitle("Sites", ("Mail", "Kestrel Learn"))),
        ("Kestrel Docs | Data sites", "", SiteTitle("Data sites", ("Kestrel Docs",))),
        ("Data sites · Kestrel", "", SiteTitle("Data sites", ("Kestrel",))),
        ("Data sites - Kestrel", "Data sites", SiteTitle("Data sites", ("Kestrel",))),
        ("Kestrel Mail - your questions", "", SiteTitle("Kestrel Mail - your questions")),
        ("Kestrel Mail: data sites", "", SiteTitle("Kestrel Mail: data sites")),
        ("Sign-up and opt-in", "", SiteTitle("Sign-up and opt-in")),
        ("Sites \\(of **Kestrel**\\)<a name='x'></a>", "", SiteTitle("Sites (of Kestrel)")),
    ],
)
def test_what_a_site_adds_to_a_title_is_parted(
    title: str, heading: str, expected: SiteTitle
) -> None:
    assert without_site(title, heading) == expected


def test_the_name_of_a_site_is_that_of_its_publisher() -> None:
    assert [site_name(one) for one in ("Kestrel Docs", "Kestrel Help Center", "Docs")] == [
        "Kestrel", "Kestrel", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# Where mail rests\n\nIn Lima.\n", "page.md", "Where mail rests"),
        ("---\ntitle: Mail sites | Kestrel Docs\n---\n# Sites\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("---\npage_title: Mail sites\n---\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("---\nsidebar_label: Mail sites\n---\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("---\nsidebar_label: Sites\n---\n# Mail sites\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("---\nlinkTitle: Mail sites\n---\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("---\nname: docs/mail/sites\n---\n\nIn Lima.\n", "sites.md", "sites"),
        ("Mail sites\n==========\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("Kestrel Archive\n\nLetters rest in Lima.\n", "a.md", "Kestrel Archive"),
        ("Kestrel Archive\n\nLetters rest in Lima.\n", "a.txt", "Kestrel Archive"),
        ("In Lima, letters rest.\n\nThey are kept.\n", "my-page.md", "my-page"),
        ("letters in Lima\n\nThey are kept.\n", "my-page.md", "my-page"),
        ("One\n\nTwo\n\nThree\n", "my-page.md", "my-page"),
        ("Letters rest in Lima.\n\n## 1. Terms\n\nThey are kept.\n", "my-page.md", "my-page"),
        ("Beta notice.\n\n# Mail sites\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("## Mail sites\n\nIn Lima.\n", "a.md", "Mail sites"),
        ("# **Mail** `sites`\n\nIn Lima.\n", "a.md", "Mail sites"),
        (f"# Overview\n\n{IN_LIMA}", "a.md", "Kestrel Mail: Overview"),
        (f"# FAQ\n\n{IN_LIMA}", "a.md", "Kestrel Mail: FAQ"),
        (f"# Introduction\n\n{IN_LIMA}", "a.md", "Kestrel Mail: Introduction"),
        (f"# Privacy Policy\n\n{IN_LIMA}", "a.md", "Kestrel Mail Privacy Policy"),
        ("---\ntitle: Home | Kestrel Docs\n---\n\nIn Lima.\n", "a.md", "Kestrel Docs: Home"),
        ("# Overview\n\nIn Lima.\n", "a.md", "Overview"),
        (f"# Kestrel Mail FAQ\n\n{IN_LIMA}", "a.md", "Kestrel Mail FAQ"),
        (
            "This Data Handling Addendum (the \"Addendum\") forms part of the contract.\n\n"
            "## 1. Terms\n\nMessages rest in Lima.\n", "a.md", "Data Handling Addendum",
        ),
        (
            "KESTREL MAIL\nNotice on sites\n\nKestrel Mail keeps messages in Lima.\n", "a.md",
            "Kestrel Mail: Notice on sites",
        ),
        (
            "<html><head><title>Mail sites - Kestrel</title></head><body><main><h1>Mail sites</h1>"
            "<p>In Lima.</p></main></body></html>", "a.html", "Mail sites",
        ),
        (
            "<html><head><title>Sites of Kestrel Mail</title></head><body><main><h1>Sites</h1>"
            "<p>In Lima.</p></main></body></html>", "a.html", "Sites of Kestrel Mail",
        ),
        (
            "<html><head><title>Mail sites | Kestrel</title></head><body><main>"
            "<p>Mail rests in Lima.</p></main></body></html>", "a.html", "Mail sites",
        ),
        (
            "Letters of Tern Mail customers and their many guests are\n"
            "kept in Oslo for as long\nas the account is open,\nand not after.\n\nThe end.\n",
            "tern-mail.md", "tern-mail",
        ),
    ],
)  # fmt: skip
def test_the_title_of_a_page(text: str, name: str, title: str) -> None:
    assert _about(text, name).title == title


@pytest.mark.parametrize(
    ("text", "service"),
    [
        (f"# Sites\n\n{IN_LIMA}", "Kestrel Mail"),
        ("# Data residency in Kestrel Mail\n\nWith Kestrel Mail, files rest in Lima.\n",
         "Kestrel Mail"),
        ("# Data residency for Kestrel Mail\n\nFiles rest in Lima.\n", "Kestrel Mail"),
        ("# Kestrel Mail: data locations\n\nFiles rest in Lima.\n", "Kestrel Mail"),
        ("# Kestrel Mail data locations\n\nFiles rest in Lima.\n", "Kestrel Mail"),
        ("# Sub-processors of Kestrel Mail\n\nThe companies are listed.\n", "Kestrel Mail"),
        ("# Where Kestrel in Harbour processes your data\n\nKestrel in Harbour keeps files in "
         "Lima. Kestrel in Harbour is new.\n", "Kestrel in Harbour"),
        ("# Mail agent movement\n\nThe Mail agent is new. Use the Mail agent in Lima.\n",
         "Mail agent"),
        ("# Statement no. 9\n\nThis statement is given for the service Kestrel Mail and for no "
         "other service.\n\nMail rests in Lima.\n", "Kestrel Mail"),
        ("# Terms\n\nKestrel Mail (the \"Service\") keeps files in Lima.\n", "Kestrel Mail"),
        ("# Terms\n\n“Service” means Kestrel Mail.\n\nFiles rest in Lima.\n", "Kestrel Mail"),
        ("# Terms\n\nKestrel Ltd, service \"Kestrel Mail\".\n\nFiles rest in Lima.\n",
         "Kestrel Mail"),
        ("# Statement\n\n- **Service**: Kestrel Mail\n- **Site**: Lima\n", "Kestrel Mail"),
        ("---\nservice: Kestrel Mail\n---\n# Harbour: sites\n\nHarbour is in Lima.\n",
         "Kestrel Mail"),
        ("---\nproduct: Kestrel Mail\n---\n# Sites\n\nIn Lima.\n", "Kestrel Mail"),
        ("---\nms.service: kestrel-mail\n---\n# Sites\n\nKestrel Mail keeps files in Lima.\n",
         "Kestrel Mail"),
        ("---\nms.service: mail\n---\n# Sites in Kestrel Mail\n\nFiles of Kestrel Mail rest.\n",
         "Kestrel Mail"),
        ("---\nms.prod: kestrel-mail\n---\n# Sites\n\nFiles rest in Lima.\n", "kestrel-mail"),
        ("# Regions FAQ\n\nKestrelHub complies with the law. Use KestrelHub's site in Lima.\n",
         "KestrelHub"),
        ("# Security features\n\nKES.PE Mail is built in Lima. KES.PE Mail uses two sites.\n",
         "KES.PE Mail"),
        ("# Data Processing Addendum\n\nKestrel stores Company Data in Lima. The Company uses "
         "Kestrel's services. When Kestrel processes Personal Data, Kestrel logs it.\n", "Kestrel"),
        ("# Privacy policy\n\nMagpie stores events in Quito. Magpie uses cookies. The Kestrel app "
         "sends them there. Ask privacy@kestrel.example.\n", "Kestrel"),
        ("# Data processing\n\nKestrelHub Processes Customer Data in Lima. KestrelHub deletes it. "
         "KestrelHub is new, and KestrelHub stores logs.\n", "KestrelHub"),
        ("# Privacy\n\nMagpie keeps mail in Lima. Mara Tern is the officer. Mara Tern answers. "
         "Ask Mara Tern. With Magpie nothing is sold. Magpie deletes logs.\n", "Magpie"),
    ],
)  # fmt: skip
def test_the_service_of_a_page(text: str, service: str) -> None:
    assert _about(text).service == service


@pytest.mark.parametrize(
    ("name", "service"),
    [("kestrel-mail-faq.md", "Kestrel Mail"), ("kestrel_mail.md", "Kestrel Web"),
     ("faq.md", "Kestrel Web")],
)  # fmt: skip
def test_the_name_of_a_file_tells_which_of_several_names_a_page_is_about(
    name: str, service: str
) -> None:
    text = (
        "# Technical FAQ\n\n## Can I send files?\n\nCan I send files? Kestrel Web offers it. "
        "Can I change sites? Kestrel Web helps. Use Kestrel Web in Lima. "
        "You are a customer of Kestrel Mail.\n"
    )
    assert _about(text, name).service == service


@pytest.mark.parametrize(
    "text",
    [
        "# Data residency\n\nFiles rest in Lima.\n",
        "# Data residency in Switzerland\n\nFiles rest in Switzerland, and logs in Switzerland.\n",
        "# Storage for Japan customers\n\nFiles of customers in Japan rest in Osaka.\n",
        "# Data residency for New Zealand\n\nFiles rest in Auckland.\n",
        "# Data Regions & Availability\n\nEvents are stored in Lima. Backups are kept in Quito.\n",
        "# Create a profile\n\nCreate it. Events are stored in Lima.\n",
        "# Privacy\n\nCookies store what you chose. Cookies are small, and cookies may track you. "
        "The Cookies help us.\n",
        "# Use a PIN\n\nYour PIN is kept in Lima.\n",
    ],
)
def test_no_service_is_guessed(text: str) -> None:
    about = _about(text)
    assert about.service == about.title


@pytest.mark.parametrize(
    ("text", "name", "publisher"),
    [
        ("---\nurl: https://docs.kestrel.com/mail\n---\n# Sites\n\nIn Lima.\n", "a.md", "Kestrel"),
        ("---\nurl: https://kestrelhub.co.uk/x\n---\n# Sites\n\nUse KestrelHub.\n", "a.md",
         "KestrelHub"),
        ("---\nuri: https://learn.microsoft.com/x\n---\n# Sites\n\nIn Lima.\n", "a.md",
         "Microsoft"),
        ("---\nurl: https://github.com/kestrel/docs\n---\n# Sites\n\nIn Lima.\n", "a.md", ""),
        ("---\nurl: http://192.0.2.7/x\n---\n# Sites\n\nIn Lima.\n", "a.md", ""),
        ("# Sites\n\nIn Lima.\n", "docs.kestrel.com/mail/sites.md", "Kestrel"),
        ("# Sites\n\nIn Lima.\n", "v1.0/mail/sites.md", ""),
        ("---\ntitle: Sites | Kestrel Docs\n---\n\nIn Lima.\n", "a.md", "Kestrel"),
        ("---\npublisher: Kestrel Ltd\nurl: https://other.com\n---\n\nIn Lima.\n", "a.md",
         "Kestrel Ltd"),
        ("# Sites\n\nIn Lima.\n\n© 2025 Kestrel Ltd. All rights reserved.\n", "a.md",
         "Kestrel Ltd"),
        ("# Sites\n\nIn Lima. A copyright of others is respected.\n", "a.md", ""),
    ],
)  # fmt: skip
def test_the_publisher_of_a_page(text: str, name: str, publisher: str) -> None:
    assert _about(text, name).publisher == publisher


def test_long_and_odd_texts_cost_no_time() -> None:
    start = time.perf_counter()
    for piece in ("Kestrel Mail is ", "A", "Ab ", '"Service" means ', "[a](", "© ", "*", "- "):
        _about(f"# Sites of Kestrel\n\nFiles rest in Lima.\n\n{piece * 20_000}\n")
    assert time.perf_counter() - start < 60


@pytest.mark.parametrize(
    ("links", "publisher"),
    [
        (("https://ternmail.com/a", "https://docs.ternmail.com", "https://ternmail.com/b"),
         "Tern Mail"),
        (("https://ternmail.com/a", "https://ternmail.com/b"), ""),
        (("https://ternmail.com/a", "https://kelp.io", "https://ternmail.com/b",
          "https://ternmail.com/c", "https://kelp.io/x", "https://osier.eu/y"), ""),
        (("https://osier.eu", "https://osier.eu/b", "https://osier.eu/c"), ""),
        (tuple(f"https://osier.eu/{number}" for number in range(5)), "Osier"),
    ],
)  # fmt: skip
def test_most_links_lead_to_the_publisher(links: tuple[str, ...], publisher: str) -> None:
    text = "# Regions\n\nA picture of Tern Mail.\n\n" + "\n".join(
        f"- [more]({one})" for one in links
    )
    assert _about(text, "a.md").publisher == publisher


def test_a_title_and_a_date_may_stand_below_another_field() -> None:
    about = _about(
        "---\nmeta:\n  title: Where Kestrel Mail keeps messages\n"
        "dates:\n  posted: 2024-09-19\n---\n\n" + IN_LIMA
    )
    assert about.title == "Where Kestrel Mail keeps messages"
    assert about.date is not None
    assert about.date.isoformat() == "2024-09-19"
