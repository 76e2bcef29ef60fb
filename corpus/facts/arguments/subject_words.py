"""Words by which names are told from other words with capitals, and kinds of things from data."""

from __future__ import annotations

KINDS = frozenset(
    "service product feature component module workload application app add-on addon offering tool "
    "capability solution platform integration plugin plug-in extension connector suite "
    "agent software program edition".split()
)
"""What calls a thing that a vendor offers: titles of columns, labels, "the add-on"."""
WHOLES = frozenset("service platform product application software solution suite site".split())
"""Of these, what "the …" calls the thing that a page or a section is about."""
PARTIES = frozenset(
    "sub-processor subprocessor vendor provider processor company entity supplier partner "
    "recipient affiliate importer exporter contractor sub-contractor subcontractor "
    "organisation organization".split()
)
"""What titles a column of companies."""
PLACED = frozenset(
    "region location country place city zone geography geo datacenter center centre "
    "site jurisdiction territory endpoint code".split()
)
"""What titles a column of places."""
PARTS = frozenset(
    "app page portal forum console sandbox marketplace website site blog bot assistant "
    "helper extension plugin plug-in widget gateway api sdk cli store desk helpdesk newsletter "
    "community search engine editor playground feature".split()
)
"""What a part of a service is called that has no name: "the status page"."""
PEOPLE = frozenset(
    "you customer user administrator admin owner member person people team staff agent employee "
    "partner visitor tenant organization organisation engineer operator client we subscriber "
    "anyone everyone nobody i developer controller".split()
)
"""Who does something to a service, where the service is what is spoken of."""
LEADING = frozenset(
    "the a an this that these those our your their its his her all each every any some no not if "
    "when where how what which who why while whether does do did is are was can could will would "
    "may might must should in on at for from to of by with within without under and or but as so "
    "than then there here it we you they i please see note use using about also only both either "
    "neither once until unless although because however before after during since through via per "
    "between across outside inside into like such other another new yes many most more has have "
    "had let go open select choose click contact moving choosing changing".split()
)
"""Words before a name that are no part of it, whatever their capitals."""
TRAILING = frozenset(
    "data residency storage stored location locations region regions retention hosting hosted "
    "faq faqs overview policy policies notice privacy security subprocessors sub-processors "
    "subprocessor backups availability compliance question questions documentation is are "
    "processing transfer transfers and or of for in the service services app".split()
)
"""Words behind a name in a title that are no part of it."""
COMMON = frozenset(
    "access account accounts activity additional addendum administration advanced agreement "
    "annex appendix applicable area article audit authority availability available average "
    "backup backups basic billing business category certification changes clause clauses cloud "
    "commitment commission company compliance condition conditions configuration contact content "
    "contract controller cookie cookies copy core council country customer customers data date "
    "default definition definitions deletion description detail details development device "
    "directive disaster document documents email emails e-mail encryption end enterprise european "
    "event example exception exceptions exclusions export faq features feature file files free "
    "general geographies geography global governance guide handling high home host hosting "
    "identity important incident information infrastructure instance international introduction "
    "key keys last law laws legal level limit limits limitations list local location locations "
    "log logs mailbox mailboxes management message messages metadata model monitoring move name "
    "network note notes notice number object office officer online optional order organization "
    "organisation overview owner page part parties party payment performance period personal place "
    "plan plans policy policies premium prerequisites preview pricing primary privacy procedure "
    "process processing processor product products production prompt prompts protection provider "
    "public purpose record records recovery recording recordings redundancy region regional "
    "regions regulation related release replica replication report request requirements "
    "residency resource resources responsibility responsibilities rest restore retention right "
    "rights role safety sales schedule scope seat secondary section security sensitive server "
    "servers service services setting settings setup shared sign site sites software source "
    "staff standard standards state statement states status step steps storage sub-processor "
    "sub-processors subprocessor subprocessors subject subscription summary supervisory support "
    "supported system systems table team technical telemetry tenant tenants term terms test "
    "third ticket tickets time tip title transfer transfers transit type types union update "
    "usage user users value version view warning web website work workspace workspaces world "
    "zone zones january february march april may june july august september october november "
    "december monday tuesday wednesday thursday friday saturday sunday north south east west "
    "central northern southern eastern western europe asia africa america americas pacific "
    "yes no none pro api apis gdpr hipaa soc iso eu uk us usa eea ai url urls id ids tls ssl sso "
    "ip http https sla dpa scc sccs faqs pdf csv json cli sdk dns cdn vpn html xml rest "
    "first second third fourth one two three chat mail calendar meeting meetings step".split()
)
"""Words that name nothing by themselves, whatever their capitals."""
NO_SERVICE = frozenset(
    "clause clauses regulation act agreement addendum union authority commission officer terms "
    "law directive annex article data information content council court parliament kingdom "
    "states controller processor party parties area framework principles shield effects "
    "rights records policy day week month year customer user region regions request requests docs "
    "reference matrix names arns pairs practice practices note notes faq faqs guide error "
    "errors".split()
)
"""Last words of phrases with capitals that contracts and laws define; none is a service."""
MONTHS = frozenset(
    "january february march april june july august september october november december".split()
)
"""A phrase with one of them is a date."""
FORMS = frozenset(
    "inc ltd limited llc gmbh ag ab as a/s aps oy ou oü bv b.v nv n.v sa s.a sas s.a.s srl s.r.l "
    "spa plc corp corporation co pbc pty k.k se kg ulc".split()
)
"""Last words of companies' names."""
TAILS = frozenset("cloud platform network online service services suite saas app".split())
"""Last words of a name that are left out as often: "Ostwick Cloud" is "Ostwick"."""
ACTING = frozenset(
    "is are was were has have had can cannot may might must will shall should does do stores "
    "store keeps keep processes process holds hold runs run uses use offers offer provides "
    "provide hosts handles sends send collects supports replicates transfers encrypts "
    "deletes helps lets allows determines caches moves move operates requires receives writes "
    "reads copies retains rests lives stays never always also only isn't doesn't won't can't "
    "mirrors scans charges archives".split()
)
"""Words behind what a sentence speaks of."""
PLACING = frozenset("in from to within outside near into at between throughout across".split())
"""Words before places."""
RENAMING = (
    "also known as", "hereinafter referred to as", "hereafter referred to as", "referred to as",
    "hereinafter", "formerly", "previously", "a.k.a.", "aka", "alias", "now",
)  # fmt: skip
"""Words between a name and another of the same thing, the longest first."""
