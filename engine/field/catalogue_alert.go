package field

// alertFields is what a check found, from its first finding to its last.
var alertFields = []Field{
	{Name: "first_seen", Kind: Time, Doc: "Time of the first finding"},
	{Name: "last_seen", Kind: Time, Doc: "Time of the latest finding, or of the release"},
	{Name: "severity", Kind: String, Doc: "How bad it is, from the score: `info`, `notice` (10), `warning` (50), `error` (100), `critical` (200), `emergency` (250)"},
	{Name: "score", Kind: Uint16, Doc: "Highest score of the findings, 1 to 255"},
	{Name: "check", Kind: String, Doc: "Name of the check"},
	{Name: "entity", Kind: String, Doc: "Kind of thing that it is about: `host`, `flow`, `interface`, `network` or `system`"},
	{Name: "subject", Kind: String, Doc: "The host, flow, interface or network"},
	{Name: "message", Kind: String, Doc: "What the check says"},
	{Name: "status", Kind: String, Doc: "`engaged` while it lasts, then `past`; `acknowledged` when somebody has seen to it"},
	{Name: "count", Kind: Uint64, Doc: "Number of findings"},
	{Name: "label", Kind: String, Optional: true, Doc: "Note of whoever acknowledged it"},
}
