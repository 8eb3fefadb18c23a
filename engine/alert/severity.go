package alert

import "slices"

// Severity is how bad an alert is; it follows from its score. The numbers are
// ntopng's.
type Severity uint8

// Severities.
const (
	None      Severity = 0
	Info      Severity = 2 // score 1 to 9
	Notice    Severity = 3 // 10 to 49
	Warning   Severity = 4 // 50 to 99
	Error     Severity = 5 // 100 to 199
	Critical  Severity = 6 // 200 to 249
	Emergency Severity = 8 // 250 and more
)

// SeverityOf returns the severity of a score.
func SeverityOf(score uint8) Severity {
	switch {
	case score >= 250:
		return Emergency
	case score >= 200:
		return Critical
	case score >= 100:
		return Error
	case score >= 50:
		return Warning
	case score >= 10:
		return Notice
	case score > 0:
		return Info
	default:
		return None
	}
}

var severityNames = [...]string{None: "none", Info: "info", Notice: "notice", Warning: "warning", Error: "error", Critical: "critical", Emergency: "emergency"}

// String returns the name as it stands in the field severity ("warning").
func (s Severity) String() string {
	if int(s) < len(severityNames) && severityNames[s] != "" {
		return severityNames[s]
	}
	return "unknown"
}

// SeverityNamed returns the severity of a name ("warning").
func SeverityNamed(name string) (Severity, bool) {
	i := slices.Index(severityNames[:], name)
	if i < 0 || name == "" { // there are numbers without names
		return None, false
	}
	return Severity(i), true //nolint:gosec // few
}
