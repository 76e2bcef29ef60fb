"""Sentences with what limits them, as a careful reader has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from corpus.facts.types import Term

IDS = {
    "NO": "country:NO", "CH": "country:CH", "US": "country:US", "CA": "country:CA",
    "JP": "country:JP", "KE": "country:KE", "BR": "country:BR", "IN": "country:IN",
    "GB": "country:GB", "FR": "country:FR", "AU": "country:AU", "PL": "country:PL",
    "SE": "country:SE", "ZA": "country:ZA", "DE": "country:DE", "CL": "country:CL",
    "EU": "group:European Union", "EEA": "group:European Economic Area",
    "Europe": "group:Europe", "North America": "group:North America",
    "South America": "group:South America",
    "Oslo": "city:3143244",
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """A condition as it should be read."""

    text: str
    term: Term = Term.OTHER
    places: tuple[str, ...] = ()
    names: tuple[str, ...] | None = None
    """None where a case says nothing of them."""
    date: date | None = None
    negated: bool = False
    only: bool = False


def c(
    text: str, term: Term = Term.OTHER, places: str = "", *, names: str | None = None,
    day: str = "", no: bool = False, only: bool = False,
) -> Wanted:  # fmt: skip
    """Write a condition down shortly."""
    return Wanted(
        text, term, tuple(IDS[one] for one in places.split(",") if one),
        None if names is None else tuple(one for one in names.split(";") if one),
        date.fromisoformat(day) if day else None, no, only,
    )  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A sentence, the word of the proposition that is asked for, and its limits."""

    sentence: str
    verb: str
    conditions: tuple[Wanted, ...] = field(default=())
    exceptions: tuple[Wanted, ...] = field(default=())


def says(sentence: str, verb: str, *conditions: Wanted, but: tuple[Wanted, ...] = ()) -> Case:
    """Write a case down shortly."""
    return Case(sentence, verb, conditions, but)


SIGNED_UP, LOCATED, CHOSE, HAS = Term.SIGNED_UP, Term.LOCATED, Term.CHOSE, Term.HAS
AGREED, ENABLED, BEFORE, AFTER = Term.AGREED, Term.ENABLED, Term.BEFORE, Term.AFTER
PREVIEW = Term.PREVIEW

CASES = (
    # Clauses with "if".
    says("If the Fjord add-on is enabled, backups are copied to Oslo.", "copied",
         c("the Fjord add-on is enabled", ENABLED, names="Fjord add-on")),
    says("Backups are copied to Oslo if Fjord Sync is turned on.", "copied",
         c("Fjord Sync is turned on", ENABLED, names="Fjord Sync")),
    says("If the add-on is enabled, backups are stored in Oslo and logs are kept in Bergen.",
         "kept", c("the add-on is enabled", ENABLED)),
    says("If the add-on is enabled, backups are stored in Oslo and logs are kept in Bergen.",
         "stored", c("the add-on is enabled", ENABLED)),
    says("Notes are stored in Bern and are copied to Oslo if mirroring is on.", "copied",
         c("mirroring is on", ENABLED)),
    says("Notes are stored in Bern and are copied to Oslo if mirroring is on.", "stored"),
    says("If you signed up in Norway, your notes are stored in Bern.", "stored",
         c("you signed up in Norway", SIGNED_UP, "NO")),
    says("If your billing address is in Canada, invoices are kept in Toronto.", "kept",
         c("your billing address is in Canada", SIGNED_UP, "CA")),
    says("Tickets are routed to Lyon if the customer is located in France.", "routed",
         c("the customer is located in France", LOCATED, "FR")),
    says("If you chose Norway as your region, Tarnbox keeps your drawings in Oslo.", "keeps",
         c("you chose Norway as your region", CHOSE, "NO")),
    says("Prompts are processed in Pune only if you have selected India.", "processed",
         c("you have selected India", CHOSE, "IN", only=True)),
    says("If you have the Guard licence, audit records are kept for five years.", "kept",
         c("you have the Guard licence", HAS, names="Guard licence")),
    says("If your subscription includes Tarn Premium, you can pick a region.", "pick",
         c("your subscription includes Tarn Premium", HAS)),
    says("Mail is forwarded to Denver if the recipient asks for it.", "forwarded",
         c("the recipient asks for it")),
    says("If a court orders it, content may be disclosed.", "disclosed", c("a court orders it")),
    says("Even if the region is pinned, support staff may read tickets from India.", "read",
         c("the region is pinned", ENABLED)),
    says("If no region is set, drawings are saved in Oslo.", "saved", c("no region is set")),
    says("If the tenant is not enrolled, its data stays in Bern.", "stays",
         c("the tenant is not enrolled")),
    says("You can ask us to delete your notes if you close the account.", "delete",
         c("you close the account")),
    says("Ask the desk if you want to move the tenant.", "Ask", c("you want to move the tenant")),
    says("If the account is closed, Tarnbox deletes notes, purges indexes and revokes keys.",
         "purges", c("the account is closed")),
    says("The page says whether data is stored in Oslo.", "says"),
    # When, where, whenever, while.
    says("When Geo Lock is on, prompts never leave Norway.", "leave",
         c("Geo Lock is on", ENABLED, names="Geo Lock")),
    says("Drawings are cached in Sydney when a user opens them from Australia.", "cached",
         c("a user opens them from Australia", LOCATED, "AU")),
    says("Where required by law, records are kept for ten years.", "kept", c("required by law")),
    says("Where the customer has bought Vault Plus, keys are held in Bern.", "held",
         c("the customer has bought Vault Plus", HAS, names="Vault Plus")),
    says("Whenever a file is shared, a copy is sent to Lyon.", "sent", c("a file is shared")),
    says("When you create a workspace in Japan, its files are stored in Osaka.", "stored",
         c("you create a workspace in Japan", CHOSE, "JP")),
    says("The page shows where your data is stored.", "shows"),
    says("Choose the country where your users are.", "Choose"),
    says("Metrics are aggregated in Oslo only when telemetry is enabled.", "aggregated",
         c("telemetry is enabled", ENABLED, only=True)),
    says("When the trial ends, projects are wiped.", "wiped", c("the trial ends")),
    # Once, as soon as, as long as, in case, provided.
    says("Once residency is configured, new files are written to Bern.", "written",
         c("residency is configured", ENABLED)),
    says("Once the migration is complete, the old copy in Denver is erased.", "erased",
         c("the migration is complete", AFTER)),
    says("Files are indexed as soon as the scan has finished.", "indexed",
         c("the scan has finished", AFTER)),
    says("Records are retained as long as the account is active.", "retained",
         c("the account is active")),
    says("So long as the contract is in force, keys are held in Bern.", "held",
         c("the contract is in force", AGREED)),
    says("In case the site in Oslo is down, requests are answered from Bern.", "answered",
         c("the site in Oslo is down", places="Oslo")),
    says("In case of an outage, traffic is served from Lyon.", "served", c("an outage")),
    says("In the event of a disaster, restores run in Lyon.", "run", c("a disaster")),
    says("Provided that the parties agree, logs may be moved to Kenya.", "moved",
         c("the parties agree")),
    says("Mail is deleted after 30 days, provided no legal hold is in place.", "deleted",
         c("no legal hold is in place")),
    says("Support staff may open a ticket, provided the customer consents.", "open",
         c("the customer consents")),
    says("Should the site in Oslo fail, traffic is served from Bern.", "served",
         c("the site in Oslo fail", places="Oslo")),
    says("Should a customer object, we stop the transfer.", "stop", c("a customer object")),
    says("On condition that the customer agrees, logs are sent to Pune.", "sent",
         c("the customer agrees")),
    # Unless and without.
    says("Data is stored in Oslo unless you choose another region.", "stored",
         c("you choose another region", CHOSE, no=True)),
    says("Unless otherwise agreed, backups stay in Canada.", "stay",
         c("otherwise agreed", no=True)),
    says("Content stays in Canada unless Roaming is enabled.", "stays",
         c("Roaming is enabled", ENABLED, no=True, names="Roaming")),
    says("Logs are not sent abroad unless the customer signs the Transfer Addendum.", "sent",
         c("the customer signs the Transfer Addendum", AGREED, no=True, names="Transfer Addendum")),
    says("Data is never moved without your consent.", "moved", c("your consent", no=True)),
    says("Without the Vault licence, keys are held in Denver.", "held",
         c("the Vault licence", HAS, no=True, names="Vault licence")),
    says("Without Geo Lock enabled, prompts may be processed in any region.", "processed",
         c("Geo Lock enabled", ENABLED, no=True)),
    says("You cannot move a project without deleting its branches.", "move",
         c("deleting its branches", no=True)),
    # Until, before, after, dates.
    says("Tickets are kept in Lyon until the case is closed.", "kept",
         c("the case is closed", BEFORE)),
    says("Until 1 March 2026, logs are stored in Denver.", "stored",
         c("1 March 2026", BEFORE, day="2026-03-01")),
    says("From 1 July 2025, all new tenants are placed in Bern.", "placed",
         c("1 July 2025", AFTER, day="2025-07-01")),
    says("Since 4 May 2023, drawings have been stored in Oslo.", "stored",
         c("4 May 2023", AFTER, day="2023-05-04")),
    says("As of 12 June 2024, invoices are issued from Lyon.", "issued",
         c("12 June 2024", AFTER, day="2024-06-12")),
    says("Before June 2023, projects were created in Denver.", "created",
         c("June 2023", BEFORE, day="2023-06-01")),
    says("Logs are scrubbed before they leave Norway.", "scrubbed",
         c("they leave Norway", BEFORE, "NO")),
    says("Notes are purged after deletion of the account.", "purged",
         c("deletion of the account", AFTER)),
    says("Log files are retained for 30 days after deletion.", "retained", c("deletion", AFTER)),
    says("Backups are kept for 90 days.", "kept"),
    says("Notes are deleted within 30 days.", "deleted"),
    says("Snapshots are erased 14 days after the contract ends.", "erased",
         c("the contract ends", AFTER)),
    says("After you cancel, projects are kept for a month.", "kept", c("you cancel", AFTER)),
    says("Upon termination, Tarnbox returns all content.", "returns", c("termination", AFTER)),
    says("During the migration, both copies are kept.", "kept", c("the migration")),
    # For whom.
    says("For customers in Norway, notes are stored in Oslo.", "stored",
         c("customers in Norway", LOCATED, "NO")),
    says("Notes are stored in Bern for Swiss customers.", "stored",
         c("Swiss customers", LOCATED, "CH")),
    says("For customers on the Enterprise plan, a second copy is kept in Oslo.", "kept",
         c("customers on the Enterprise plan", HAS, names="Enterprise plan")),
    says("For customers who have opted in, prompts are stored in Bern.", "stored",
         c("customers who have opted in", ENABLED)),
    says("For tenants created after 3 April 2024, files rest in Lyon.", "rest",
         c("tenants created after 3 April 2024", AFTER, day="2024-04-03")),
    says("Backups for customers on the Gold plan are copied to Oslo.", "copied",
         c("customers on the Gold plan", HAS, names="Gold plan")),
    says("The default region for accounts in Kenya is Nairobi.", "is",
         c("accounts in Kenya", LOCATED, "KE")),
    says("For South America, copies are held in Chile.", "held",
         c("South America", LOCATED, "South America")),
    says("For 30 days, both copies are kept.", "kept"),
    says("Usage data is collected for billing purposes.", "collected"),
    says("For example, drawings are stored in Oslo.", "stored"),
    says("Invoices are kept for tax reasons.", "kept"),
    says("Self-hosted editions are available only for government agencies.", "are",
         c("government agencies", only=True)),
    says("Second-level support is given from India for all users.", "given"),
    # Whom it holds for: the subject's and the object's own limits.
    says("Customers who signed up in Norway are hosted in Oslo.", "hosted",
         c("Customers who signed up in Norway", SIGNED_UP, "NO")),
    says("Tenants created before June 2023 stay in Denver.", "stay",
         c("Tenants created before June 2023", BEFORE, day="2023-06-01")),
    says("Only tenants created before June 2023 may move to another region.", "move",
         c("tenants created before June 2023", BEFORE, day="2023-06-01", only=True)),
    says("Customers on the Enterprise plan can choose a region.", "choose",
         c("Customers on the Enterprise plan", HAS, names="Enterprise plan")),
    says("Only customers on the Team plan can choose a region.", "choose",
         c("customers on the Team plan", HAS, names="Team plan", only=True)),
    says("Customers in Canada are served from Toronto.", "served",
         c("Customers in Canada", LOCATED, "CA")),
    says("European customers are served from Lyon.", "served",
         c("European customers", LOCATED, "Europe")),
    says("Data of users who live in Brazil is stored in Bern.", "stored",
         c("users who live in Brazil", LOCATED, "BR")),
    says("We move customers that are billed in Poland to Oslo.", "move",
         c("customers that are billed in Poland", SIGNED_UP, "PL")),
    says("Organisations with the Vault add-on have their keys in Bern.", "have",
         c("Organisations with the Vault add-on", HAS, names="Vault add-on")),
    says("Accounts that have enabled mirroring are copied to Oslo.", "copied",
         c("Accounts that have enabled mirroring", ENABLED)),
    says("Users whose tenant is in Sweden sign in through Oslo.", "sign",
         c("Users whose tenant is in Sweden", SIGNED_UP, "SE")),
    says("Customers can choose a region.", "choose"),
    says("Tarnbox, which is run from Lyon, stores notes in Oslo.", "stores"),
    says("Enterprise customers may pick a second region.", "pick",
         c("Enterprise customers", HAS)),
    says("Workspaces created in Japan keep their files in Osaka.", "keep",
         c("Workspaces created in Japan", CHOSE, "JP")),
    says("Files that are larger than 2 GB are stored in Lyon.", "stored"),
    says("Data stored in Oslo is encrypted.", "encrypted"),
    says("The team that maintains the index works in Pune.", "works"),
    # With, under, on, in.
    says("With Geo Lock enabled, prompts never leave Norway.", "leave",
         c("Geo Lock enabled", ENABLED, names="Geo Lock")),
    says("With the Vault add-on, keys are held in Bern.", "held",
         c("the Vault add-on", HAS, names="Vault add-on")),
    says("Backups are copied to Oslo only with the Mirror add-on.", "copied",
         c("the Mirror add-on", HAS, names="Mirror add-on", only=True)),
    says("Prompts stay in Norway with regional inference turned on.", "stay",
         c("regional inference turned on", ENABLED)),
    says("Under the Nordic Data Addendum, data is stored in Oslo.", "stored",
         c("the Nordic Data Addendum", AGREED, names="Nordic Data Addendum")),
    says("Under the DPA, Tarnbox deletes notes within 30 days.", "deletes",
         c("the DPA", AGREED, names="DPA")),
    says("On the Free plan, projects are hosted in Denver.", "hosted",
         c("the Free plan", HAS, names="Free plan")),
    says("In the Swiss Edition, payslips are kept in Bern.", "kept",
         c("the Swiss Edition", HAS, names="Swiss Edition")),
    says("A second region is available on the Enterprise plan.", "is",
         c("the Enterprise plan", HAS, names="Enterprise plan")),
    says("Regional storage is available in preview.", "is", c("in preview", PREVIEW)),
    says("Regional storage in Chile is currently in public preview.", "is",
         c("in public preview", PREVIEW)),
    says("Data is stored on servers in Oslo.", "stored"),
    says("Files are moved with a script.", "moved"),
    says("Tarnbox stores notes in the cloud.", "stores"),
    says("Data is processed under the control of the customer.", "processed"),
    # On request, subject to, depending on.
    says("Files are moved to Bern on request.", "moved", c("on request")),
    says("Upon written request, logs are erased.", "erased", c("Upon written request")),
    says("At the customer's request, data is returned.", "returned",
         c("At the customer's request")),
    says("Data may be processed in India subject to your approval.", "processed",
         c("your approval")),
    says("Subject to the Transfer Addendum, tickets may be read in India.", "read",
         c("the Transfer Addendum", AGREED, names="Transfer Addendum")),
    says("Depending on the plan, data is stored in Oslo or Bern.", "stored",
         c("Depending on the plan", HAS)),
    says("Data is stored in Oslo or Bern, depending on where you signed up.", "stored",
         c("depending on where you signed up", SIGNED_UP)),
    says("Copies leave Norway only with your consent.", "leave", c("your consent", only=True)),
    # Exceptions.
    says("All content is stored in Oslo, except for audit logs.", "stored",
         but=(c("audit logs"),)),
    says("All content, other than attachments, stays in Norway.", "stays", but=(c("attachments"),)),
    says("Apart from invoices, all records are held in Bern.", "held", but=(c("invoices"),)),
    says("Tarnbox keeps all data in Bern, excluding support tickets.", "keeps",
         but=(c("support tickets"),)),
    says("With the exception of crash reports, no data leaves Norway.", "leaves",
         but=(c("crash reports"),)),
    says("Everything except billing data is stored in Oslo.", "stored", but=(c("billing data"),)),
    says("Data stays in Lyon, save for telemetry.", "stays", but=(c("telemetry"),)),
    says("Data is processed in Norway, but not for guest users.", "processed",
         but=(c("guest users"),)),
    says("Notes are stored in Bern, but not attachments.", "stored", but=(c("attachments"),)),
    says("Content is not shared except with subprocessors.", "shared",
         but=(c("with subprocessors"),)),
    says("Logs never leave Canada, except where the customer exports them.", "leave",
         but=(c("the customer exports them"),)),
    says("Data is not disclosed except as required by law.", "disclosed",
         but=(c("required by law"),)),
    says("Residency does not apply to diagnostic data.", "apply", but=(c("diagnostic data"),)),
    says("The promise does not cover e-mail notifications.", "cover",
         but=(c("e-mail notifications"),)),
    says("Mirroring is offered in all regions but Chile.", "offered",
         but=(c("Chile", LOCATED, "CL"),)),
    says("Notes stay in Bern, with the exception of notes shared with guests.", "stay",
         but=(c("notes shared with guests"),)),
    says("Data rests in Oslo, except for customers in Canada.", "rests",
         but=(c("customers in Canada", LOCATED, "CA"),)),
    says("Aside from names, nothing is sent to Denver.", "sent", but=(c("names"),)),
    says("If Roaming is on, all files except drafts are copied to Lyon.", "copied",
         c("Roaming is on", ENABLED), but=(c("drafts"),)),
    # Otherwise.
    says("If you chose Norway, notes rest in Oslo; otherwise they rest in Bern.", "they rest",
         c("you chose Norway", CHOSE, "NO", no=True)),
    # No conditions: purposes, reasons, places, manners.
    says("To comply with the law, records are kept in Bern.", "kept"),
    says("Because latency matters, drawings are cached in Sydney.", "cached"),
    says("Data is encrypted in order to protect it.", "encrypted"),
    says("Tarnbox stores notes in Oslo so that they load quickly.", "stores"),
    says("In Norway, notes are kept in two sites.", "kept"),
    says("By default, files are stored in Oslo.", "stored"),
    says("Since the site is small, backups are kept elsewhere.", "kept"),
    says("Although Tarnbox is a French company, data stays in Norway.", "stays"),
    says("In addition to Oslo, data is stored in Bern.", "stored"),
    says("Backups are made for safety.", "made"),
    # Limits end where another one, or the rest of the sentence, begins.
    says("Data stays in Oslo for tenants created after 1 May 2022, and elsewhere in Denver.",
         "stays", c("tenants created after 1 May 2022", AFTER, day="2022-05-01")),
    says("We will not transfer data without your prior consent, except where required by law.",
         "transfer", c("your prior consent", no=True), but=(c("required by law"),)),
    says("Data may be stored in Oslo or, if you have enabled Mirror, in Bern.", "stored",
         c("you have enabled Mirror", ENABLED, names="Mirror")),
    says("Notes are hosted in Sydney if your account was created in Australia.", "hosted",
         c("your account was created in Australia", SIGNED_UP, "AU")),
    says("When a customer in Japan creates a workspace, its files rest in Osaka.", "rest",
         c("a customer in Japan creates a workspace", LOCATED, "JP")),
    says("Residency is only available for Enterprise Grid customers.", "is",
         c("Enterprise Grid customers", HAS, names="Enterprise Grid")),
    says("Tickets are read in Pune where an adequacy decision exists.", "read",
         c("an adequacy decision exists")),
    says("On Enterprise you may link up to six workspaces.", "link", c("Enterprise", HAS)),
    # Several at once.
    says("If Mirror is enabled, and unless the tenant is in Japan, files are copied to Oslo.",
         "copied", c("Mirror is enabled", ENABLED),
         c("the tenant is in Japan", SIGNED_UP, "JP", no=True)),
    says("For customers in Sweden, notes are moved to Oslo when Geo Lock is on.", "moved",
         c("customers in Sweden", LOCATED, "SE"), c("Geo Lock is on", ENABLED)),
    says("Customers in Poland can move to Oslo on request, except for trial accounts.", "move",
         c("Customers in Poland", LOCATED, "PL"), c("on request"), but=(c("trial accounts", HAS),)),
    says("On the Team plan, logs are kept for 30 days unless a hold is set.", "kept",
         c("the Team plan", HAS, names="Team plan"), c("a hold is set", ENABLED, no=True)),
    says("If you use Tarn Chat, messages are processed in Lyon.", "processed",
         c("you use Tarn Chat", ENABLED, names="Tarn Chat")),
    says("If the trial has ended or the plan was cancelled, data is wiped.", "wiped",
         c("the trial has ended or the plan was cancelled")),
    says("When you open a ticket and attach a file, it is sent to Pune.", "sent",
         c("you open a ticket and attach a file")),
    says("The vault is in Bern if the contract was signed with Tarnbox AG.", "is",
         c("the contract was signed with Tarnbox AG", AGREED)),
    says("Tarnbox hosts data in the EEA for tenants whose country is Germany.", "hosts",
         c("tenants whose country is Germany", SIGNED_UP, "DE")),
    says("Mobile clients used in South Africa connect to Lyon.", "connect",
         c("Mobile clients used in South Africa", LOCATED, "ZA")),
    says("Data is stored in the region that you choose.", "stored"),
    says("Data moves to the country in which you signed up.", "moves"),
    says("Administrators must choose a region before they invite users.", "choose",
         c("they invite users", BEFORE)),
    says("You can move a tenant once.", "move"),
    says("Notes created by guests are held in Bern.", "held"),
    says("If you are an EU customer, your notes stay in Lyon.", "stay",
         c("you are an EU customer", LOCATED, "EU")),
    says("If the customer is based in the United Kingdom, calls are recorded in Lyon.", "recorded",
         c("the customer is based in the United Kingdom", LOCATED, "GB")),
)  # fmt: skip

LABELS = (
    ("For EU customers", c("EU customers", LOCATED, "EU")),
    ("European customers", c("European customers", LOCATED, "Europe")),
    ("Enterprise plan", c("Enterprise plan", HAS, names="Enterprise plan")),
    ("If Geo Lock is enabled:", c("Geo Lock is enabled", ENABLED)),
    ("Without the Vault add-on", c("the Vault add-on", HAS, no=True)),
    ("Team plan only", c("Team plan only", HAS, only=True)),
    ("Signed up in Canada", c("Signed up in Canada", SIGNED_UP, "CA")),
    ("Billing country: Poland", c("Billing country: Poland", SIGNED_UP, "PL")),
    ("Norway", c("Norway", LOCATED, "NO")),
    ("Preview", c("Preview", PREVIEW)),
    ("Before 1 March 2024", c("1 March 2024", BEFORE, day="2024-03-01")),
    ("Tenants created after 2 May 2025", c("Tenants created after 2 May 2025", AFTER,
                                           day="2025-05-02")),
    ("Unless you choose a region", c("you choose a region", CHOSE, no=True)),
    ("When mirroring is on", c("mirroring is on", ENABLED)),
    ("Windows", c("Windows")),
    ("EU region", c("EU region", CHOSE, "EU")),
    ("Customers outside the EU", c("Customers outside the EU", places="EU")),
    ("Non-EU customers", c("Non-EU customers", places="EU")),
    ("Customer location: Japan", c("Customer location: Japan", LOCATED, "JP")),
    ("Paid plans only", c("Paid plans only", HAS, names="Paid plans", only=True)),
    ("Applies to: Enterprise", c("Applies to: Enterprise", HAS, names="Enterprise")),
    ("On request", c("On request")),
    ("Under the DPA", c("the DPA", AGREED, names="DPA")),
    ("New customers from July 2024", c("New customers from July 2024", AFTER, day="2024-07-01")),
)  # fmt: skip


@dataclass(frozen=True)
class Following:
    """A sentence and how it limits the one before it."""

    sentence: str
    conditions: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    in_that_case: bool = False
    otherwise: bool = False

    @property
    def limits(self) -> bool:
        """False where it limits nothing."""
        both = self.conditions or self.exceptions
        return bool(both) or self.in_that_case or self.otherwise


FOLLOWING = (
    Following("However, logs are stored in Denver.", exceptions=("logs",)),
    Following("However, if Roaming is enabled, drafts leave Norway.",
              exceptions=("Roaming is enabled",)),
    Following("This does not apply to diagnostic data.", exceptions=("diagnostic data",)),
    Following("This does not apply to tenants created before June 2023.",
              exceptions=("tenants created before June 2023",)),
    Following("This commitment does not cover support tickets.", exceptions=("support tickets",)),
    Following("The exception is telemetry.", exceptions=("telemetry",)),
    Following("The only exceptions are invoices and receipts.",
              exceptions=("invoices and receipts",)),
    Following("Only customers on the Team plan are covered.",
              conditions=("customers on the Team plan",)),
    Following("Trial accounts are not included.", exceptions=("Trial accounts",)),
    Following("In that case, the copy is kept in Bern.", in_that_case=True),
    Following("In such cases, the customer is told.", in_that_case=True),
    Following("Otherwise, notes are kept in Bern.", otherwise=True),
    Following("If not, notes are kept in Bern.", otherwise=True),
    Following("This applies only to customers in Canada.", conditions=("customers in Canada",)),
    Following("This does not apply if Mirror is turned on.", exceptions=("Mirror is turned on",)),
    Following("This only applies when Geo Lock is on.", conditions=("Geo Lock is on",)),
    Following("Crash reports are excluded.", exceptions=("Crash reports",)),
    Following("But attachments may be scanned in Pune.", exceptions=("attachments",)),
    Following("These include names and addresses."),
    Following("However, this takes a few days."),
    Following("Notes are stored in Bern."),
    Following("Only Bern is used."),
    Following("It is encrypted."),
)  # fmt: skip
