"""Sentences with the role of every place in square brackets: kind, "!" where denied, sentence."""

CASES = """\
stored | Invoices are stored in [Norway=rests].
stored | All mailbox content is kept at rest in [Finland=rests] and [Sweden=rests].
stored | Parcelio keeps tracking events in [Graz=rests], [Linz=rests] or [Wels=rests].
stored | The archive resides in [Lyon=rests].
stored | Your files live on servers in [Osaka=rests].
stored | Our primary database is hosted in AWS in [Ireland=rests] ([eu-west-1=rests]).
stored | The data centres are located in [Zurich=rests] and [Geneva=rests], [Switzerland=rests].
stored | We use two data centers in [Canada=rests], where uploaded images are stored.
stored | Servers in [Portugal=rests] hold the audit log.
stored | Customer records are held exclusively within the [European Union=rests].
stored | Backups rest in [Milan=rests] only.
stored ! | Chat messages are not stored in [Brazil=rests].
stored ! | We do not keep any personal data in [China=rests].
stored | The metadata store is in [Ohio=rests].
stored | Data at rest remains in the [EU=rests].
stored | Uploaded documents stay in [Germany=rests].
stored | Log files are saved to a disk in [Turin=rests].
stored | Telemetry is collected and stored in [Virginia=rests].
stored | Files uploaded by [German=customer] customers are stored in [Frankfurt=rests].
stored | For customers in [Japan=customer], data is stored in [Tokyo=rests].
stored | If your organisation is in [Norway=customer], your data is stored in [Sweden=rests].
stored | Tenants provisioned in [Australia=customer] have their content stored in [Sydney=rests].
stored | Where the billing address is in [Canada=customer], records are stored in [Toronto=rests].
stored | Customers who signed up in [India=customer] have their data in [Pune=rests].
stored | Users in [Mexico=customer] are stored in [Texas=rests].
stored | When you signed up from [New Zealand=customer], your notes live in [Auckland=rests].
stored | Customer Data of [Swiss=customer] tenants is stored in [Zurich=rests].
stored | Data of [Korea=customer]-based customers is kept in [Busan=rests].
stored | For [US=customer] customers the index is hosted in [Oregon=rests].
stored | If you select [Frankfurt=choice], your files are stored in [Germany=rests].
stored | If you choose the [Sydney=choice] region, messages rest in [Australia=rests].
stored | Data is stored on [German=rests] servers.
stored | We store everything in [Irish=rests] data centers.
stored | The service is hosted in our [EU=rests] region.
stored | Snapshots are placed in the [eu-north-3=rests] region.
stored | Content is stored in the [Paris=rests] data center of our hosting partner.
stored | Quillbox GmbH, based in [Vienna=seat], stores your notes in [Hamburg=rests].
stored | Data is stored by Brindle AS, a company headquartered in [Oslo=seat], on servers in [Iceland=rests].
stored | Stormlet Ltd, incorporated in [Scotland=seat], hosts the files in [Belgium=rests].
stored | Hosting is provided by Nordvarp [Sweden=seat] AB in [Malmö=rests].
stored | Our office in [Rome=seat] keeps no customer data; it all sits in [Naples=rests].
stored | Data of users outside the [EEA=out] is stored in [Singapore=rests].
stored | All tenants except those in [Japan=customer] are stored in [Taiwan=rests].
stored | Customer content is not stored outside of the [United Kingdom=out].
stored ! | Nothing is stored outside [Switzerland=out].
stored | In all regions other than [Dubai=out], data is stored encrypted.
stored | Data stored in [Chile=rests] is encrypted at rest.
stored | Recordings that are stored in [Peru=rests] can be exported.
stored | A copy stored in [Warsaw=rests] can be read by support.
stored | Where is it stored? In [Denmark=rests].
stored | Location: [Denmark=rests]
stored | Stored in: [Tallinn=rests]
stored | [Norway=rests] holds the primary copy of each document.
stored | [Ireland=rests] is where your e-mails are stored.
stored | The region where Grovebase stores your data is [Canada Central=rests].
stored | The default storage location is [Belgium=rests].
stored | Depending on your plan, data will be stored in [Spain=rests] or [Italy=rests].
stored | Data resides within the geographic boundary of [India=rests].
stored | The search index is maintained inside [France=rests].
stored | User profiles are mastered in [Bergen=rests].
stored | Passwords sit in a vault in [Basel=rests].
stored | Accounts opened before 2020 remain in [Luxembourg=rests].
stored | Personal data is stored on servers located in the [Netherlands=rests] and operated by Fjordlet Inc., a [US=seat] company.
stored | We host with Kettle Cloud, whose machines are in [Helsinki=rests].
stored | Tenants in the [EU=rests] region are stored on dedicated clusters.
stored | Data is kept in [Munich=rests] for 30 days.
processed | Payments are processed in [Ireland=processed].
processed | Support requests are handled in [Manila=processed] and [Kraków=processed].
processed | Inference runs in [Virginia=processed].
processed | Prompts are evaluated in [Sweden=processed], [France=processed] and [Finland=processed].
processed | Our engineers in [India=processed] can access production data.
processed | Staff in [Denver=processed] may view customer tickets.
processed | Data may be accessed from [Poland=processed] and [Romania=processed].
processed | Remote access to customer data takes place from [Bulgaria=processed].
processed | Two support teams work from [Porto=processed] and can open your account.
processed ! | Employees in [Dubai=processed] have no access to customer content.
processed ! | Personal data is not processed in [Russia=processed].
processed | Requests are served from [Amsterdam=processed].
processed | Traffic is routed through [Stockholm=processed].
processed | The service is operated out of [Cork=processed].
processed | Translation is performed on servers in [Montreal=processed].
processed | Data is processed by Sentle Inc. in the [United States=processed].
processed | Mailmoth processes your e-mail address in [Singapore=processed].
processed | All processing takes place within the [EU=processed].
processed | Virus scanning happens inside [Norway=processed].
processed | Requests from users in [Brazil=customer] are processed in [Miami=processed].
processed | For [Canadian=customer] tenants, prompts are processed in [Toronto=processed].
processed | Data is processed in the [EU=processed], unless the customer is located in [Asia=customer].
processed | Queries are processed in the region closest to the user, for example [Mumbai=processed].
processed | Processing of health data occurs in [German=processed] data centres.
processed ! | Processing outside of the [EEA=out] does not take place.
processed | Data is never processed outside [Canada=out].
processed | The gateway, which runs in [Doha=processed], inspects each request.
processed | Analytics are computed by our subsidiary Veldra [Poland=seat] Sp. z o.o. in [Gdańsk=processed].
processed | Tessaline KK, a company registered in [Japan=seat], processes crash reports in [Oregon=processed].
processed | Under the laws of [Finland=seat], Larkso processes the data as a processor.
processed | Data is processed under [German=seat] law.
processed | The courts of [England=seat] have jurisdiction over how data is processed.
processed | The regulator in [France=seat] approved how data is processed.
processed | The model is deployed in [East US=processed] and [Sweden Central=processed].
processed | Data of [UK=customer] users can be processed globally, including [India=processed].
processed | Processing location: [Austria=processed]
processed | Jobs run in [us-east-2=processed].
processed | Video calls are relayed via media servers in [Johannesburg=processed].
processed | Agents based in [Lisbon=processed] read your tickets.
processed | Support is provided by our team in [Athens=processed], who can see your messages.
processed | [Graz=processed] is the active site.
processed | In the [EU=processed], the [UK=processed] and [Japan=processed] the model runs locally.
processed | Your billing data is handled by Coinlet in [Utah=processed], [USA=processed].
processed | When a user in [Italy=customer] opens a file, it is rendered in [Milan=processed].
processed | Only personnel in [Australia=processed] can administer the cluster.
replicated | Data is replicated to [Cardiff=goes].
replicated | Backups are copied from [Dublin=from] to [Amsterdam=goes].
replicated | The database in [Espoo=from] is mirrored to [Luleå=goes].
replicated | Each night a snapshot is sent from [Perth=from] to [Hobart=goes] and [Darwin=goes].
replicated | Failover is to [Madrid=goes].
replicated | If [Reykjavik=from] is lost, the service fails over to [Akureyri=goes].
replicated | Backups are stored in [Vienna=goes].
replicated | A second copy is kept in [Marseille=goes].
replicated | Data is geo-replicated between [Tokyo=goes] and [Osaka=goes].
replicated | The secondary site is in [Salto=goes].
replicated ! | Backups are not copied to [Pacific=goes].
replicated ! | Data is not replicated outside [Norway=out].
replicated | Data is backed up to [Montreal=goes], [Canada=goes].
replicated | Disaster recovery: [Calgary=goes]
replicated | Backup region: [Lille=goes]
replicated | Snapshots of tenants in [Kenya=customer] are shipped to [Graz=goes].
replicated | Tenants hosted in [Haifa=from] are replicated to [Heerlen=goes].
replicated | Replicas reside in [Quito=goes] and [Lima=goes].
replicated | The paired region of [Oslo=from] is [Bergen=goes].
replicated | Copies from [Jurong=from] are moved to [Graz=goes] every week.
replicated | Our standby runs in [Lugano=goes].
replicated | A standby copy is held in [Fujairah=goes].
replicated | Data for [French=customer] customers is copied to a data center in [Lyon=goes].
replicated | Data is replicated within [India=goes].
replicated | Backup files are written to a bucket in [eu-west-3=goes].
moved | Crash reports are sent to [Oregon=goes].
moved | Your data will be transferred from the [EU=from] to the [United States=goes].
moved | Usage counters are shipped to [Columbus=goes] every hour.
moved ! | Your data never leaves [Germany=from].
moved ! | Customer content does not leave the [European Union=from].
stored ! | Your documents never leave [Iceland=rests].
processed ! | Prompts never leave [Norway=processed].
moved ! | Data is not transferred outside the [EEA=out].
moved ! | We do not transfer personal data to countries outside [Switzerland=out].
moved | Tickets go to our help desk in [Tallinn=goes].
moved | Data is exported out of [Chile=from].
moved | We migrated all tenants from [Luxembourg=from] to [Gravelines=goes].
moved | You may move your workspace to [Stockholm=goes].
moved | Personal data is passed to the Austral Bird Atlas, a charity based in [Canberra=seat].
moved | Personal data may be disclosed to Pennimoth Ltd in [Kenya=goes].
moved | Error reports go to Snagwell, whose servers are in [Utah=goes].
moved | Text messages are relayed through [Ireland=goes].
moved | From [Helsinki=from], the logs are forwarded to [Riga=goes].
moved | Transfers to the [United States=goes] rely on standard contractual clauses.
moved | The transfer of data to [Turkey=goes] needs consent.
moved ! | There is no transfer of personal data to [third countries=goes] such as [India=goes].
moved | Personal data of [EEA=customer] residents is transferred to [Canada=goes].
moved | If you are located in the [EU=customer], your data is sent to [Ohio=goes].
moved | International transfers from the [UK=from] are covered by the addendum.
moved | Exports out of the [Tokyo=from] region are not possible.
moved | A copy of the invoice is e-mailed to our accountant in [Leeds=goes].
moved | Data returns to [Dublin=goes] within 30 days.
moved | The workspace is relocated to the [US=goes] region.
moved | Under the adequacy decision of the [European Commission=seat], data is sent to [Japan=goes].
excluded | This commitment does not apply outside the [EU=out].
excluded | The promise does not cover [Switzerland=out].
excluded | All regions except [China=out] are covered.
excluded | Excluding [Brazil=out], data stays in its region.
excluded | This page does not apply to tenants in [China=customer].
excluded | Log data is processed outside of [Norway=out].
excluded | The commitment excludes customers in [Turkey=customer].
excluded | Everywhere but in [India=out] the promise holds.
excluded | Apart from [Monaco=out], every country is in scope.
excluded ! | The residency promise is not available in [Qatar=out].
not_supported ! | The feature is not available in [China=out].
not_supported ! | Zone pinning is not supported in [Lagos=out] and [Accra=out].
not_supported | Restoring is unavailable in the [Seoul=out] region.
not_supported ! | We cannot offer storage in [Brazil=out].
not_supported ! | There are no plans for a region in [Chile=out].
not_supported ! | [Haifa=out] does not support snapshots.
not_supported | Customers in [Iran=customer] cannot sign up.
not_supported ! | Moving from [Oslo=from] to [Bergen=goes] is not possible.
not_supported ! | You cannot select [Moscow=choice] as your region.
not_supported | Except for [Japan=out], no region offers it.
determined_by | You can choose [Ireland=choice] or [Japan=choice] as your region.
determined_by | Choose between [Ohio=choice], [Oregon=choice] and [Iowa=choice] when you create the project.
determined_by | At sign-up, the owner picks a home region: [Sydney=choice], [London=choice] or [Paris=choice].
determined_by | Customers may opt to have their data stored in [Germany=choice].
determined_by | You can decide to keep your data in [Denmark=choice].
determined_by | Available regions are [Warsaw=choice] and [Prague=choice].
determined_by | Supported regions: [Doha=choice], [Cairo=choice].
determined_by | Klarbox is available in [Canada=choice] and [Mexico=choice].
determined_by | The [Zurich=choice] region is offered to all plans.
determined_by | We offer data centers in [Dallas=choice], [Denver=choice] and [Miami=choice].
determined_by | The tenant's country decides: tenants in [Norway=customer] are placed in [Oslo=rests].
determined_by | Customers with a billing address in [Spain=customer] are assigned to the [Madrid=rests] region.
determined_by | If no region is set, [Dublin=rests] is used.
determined_by | The default region is [Virginia=rests].
determined_by | Selecting [Singapore=choice] fixes where your data is stored.
determined_by | Your organisation's data is stored in the region of your choice, such as [Norway=choice].
determined_by | If your company is established in [Italy=customer], the [EU=rests] region is assigned.
determined_by | You can select [us-west-1=choice] from the drop-down list.
determined_by | New workspaces can be created in [Belgium=choice].
determined_by | Users whose phone number is from [Korea=customer] are served from [Busan=processed].
member | [Frankfurt=choice]
member | [Kigali, Rwanda=choice] (preview)
member | Our regions include [Genoa=choice] and [Brno=choice].
member | The following regions are available: [Halifax=choice], [Regina=choice].
member | Mimbolet is offered in the regions [Fukuoka=choice] and [Kobe=choice].
member | [EU=choice] region
member | A region in [Nairobi=choice] is planned.
member | We operate regions in [Lisbon=choice] and [Warsaw=choice].
member | Brambleco Ltd, [Ireland=seat]
member | Veldt Logistics GmbH ([Germany=seat]), e-mail delivery
member | Wispmail Pty Ltd – [Australia=seat]
defined | Quarrow B.V. is established in [Rotterdam=seat].
defined | Our head office is in [Ghent=seat], [Belgium=seat].
defined | Our representative in the [EU=seat] is Pegal Lda.
defined | Tarn Holdings is registered in [Jersey=seat].
defined | We are a company of eleven people in [Hobart=seat], [Tasmania=seat].
defined | "Hosting Territory" means [Finland=rests] and [Sweden=rests].
defined | This agreement is governed by the laws of [Denmark=seat].
defined | Disputes are settled by the courts of [Vienna=seat], [Austria=seat].
defined | The supervisory authority is the data protection office of [Bavaria=seat].
defined | Kelpline is owned by Kelp Group, whose headquarters are in [Boston=seat].
defined | Lumo Ltd has its registered office at 4 Quay Road, [Cork=seat], [Ireland=seat].
defined | Kelp [Canada=seat] Inc. is a subsidiary of Kelp Group.
contact | Write to our data protection officer at Hafenweg 3, [Bremen=seat], [Germany=seat].
contact | You can reach our [Madrid=seat] office by phone.
commitment | We will store your data only in [Norway=rests].
commitment | Grantholm shall process personal data solely within the [EEA=processed].
commitment | Grantholm shall not move data out of [Estonia=from].
commitment | Certificates cover our [Lyon=named] site.
commitment | We comply with the law of [California=seat].
commitment | Grantholm undertakes to host the platform in [Slovenia=rests].
commitment ! | No employee outside [Latvia=out] will be given access.
retained | Logs are deleted from [Virginia=rests] after 30 days.
retained | Copies in [Perth=rests] are deleted after 35 days.
retained | Backups are retained in [Madrid=rests] for one year.
retained | In [Germany=rests], invoices are retained for ten years.
retained | For [Swiss=customer] customers, logs are kept for ten years.
required | Data of public bodies must be stored in [Korea=rests].
required | [Norwegian=customer] public authorities must use the [Oslo=rests] region.
required | You need a company registered in [China=seat].
required | To store data in [Japan=rests], you need the Enterprise plan.
required | A licence bought in [India=customer] is needed.
required | Keys must be created in [eu-central-2=rests].
step | Select [Canada=choice] and click Save.
step | Under Region, pick [Brisbane=choice].
step | Set the region to [Jakarta=choice].
step | Create a bucket in [Paris=choice].
step | Move the project to [Vilnius=goes].
"""
"""What each line says is what a careful reader of such documents would file."""
