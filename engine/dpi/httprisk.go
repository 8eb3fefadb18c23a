package dpi

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"
)

// httpRequestRisks raises what a request shows by itself.
func httpRequestRisks(f *Flow, h *HTTPInfo, fields *httpFields, body []byte) {
	agent := f.Info().UserAgent
	switch {
	case agent == "":
		f.Risk(RiskHTTPUserAgent, "no user agent")
	case suspiciousAgent(agent):
		f.Risk(RiskHTTPUserAgent, "user agent "+agent[:min(len(agent), 64)])
	}
	if fields.badName || fields.badValue {
		f.Risk(RiskHTTPHeader, "header with non-printable characters")
	}
	if strings.HasSuffix(h.URL, "/robots.txt") {
		f.Risk(RiskCrawler, "asks for robots.txt")
	}
	if len(fields.authorization) > 6 && bytes.EqualFold(fields.authorization[:6], []byte("basic ")) {
		f.Risk(RiskClearTextCredentials, "HTTP basic authentication")
	}
	attackRisks(f, h.URL, agent, body)
	if kind, _, _ := strings.Cut(string(fields.contentType), ";"); binaryContent(kind) {
		f.Risk(RiskBinaryTransfer, "content type "+kind)
	}
}

// suspiciousAgent reports agents that no browser or library sends: too short,
// with shell or template code, or one long random word.
func suspiciousAgent(agent string) bool {
	if len(agent) < 5 || strings.ContainsAny(agent[:1], "({$<?*") {
		return true
	}
	for _, code := range [...]string{"() {", "jndi:", "<?", "${", "<script"} {
		if strings.Contains(agent, code) {
			return true
		}
	}
	return len(agent) > 20 && !strings.ContainsAny(agent, " /.-_:") && randomWord(strings.ToLower(agent))
}

// attackRisks looks for code in what a client sends.
func attackRisks(f *Flow, rawURL, agent string, body []byte) {
	if strings.Contains(agent, "jndi:") || strings.Contains(rawURL, "jndi:") || bytes.Contains(body[:min(len(body), 1024)], []byte("jndi:")) {
		f.Risk(RiskPossibleExploit, "JNDI look-up in a request")
	}
	if strings.HasPrefix(rawURL, "/.") && !strings.HasPrefix(rawURL, "/.well-known/") && !strings.HasPrefix(rawURL, "/..") || strings.HasSuffix(rawURL, ".dll") {
		f.Risk(RiskPossibleExploit, "asks for "+rawURL[:min(len(rawURL), 64)])
	}
	_, query, found := strings.Cut(rawURL, "?")
	if !found {
		return
	}
	text, err := url.QueryUnescape(query)
	if err != nil {
		text = query
	}
	text = strings.ToLower(text)
	switch {
	case containsAny(text, "<script", "javascript:", "onerror=", "onload=", "alert("):
		f.Risk(RiskXSS, "script in the query")
	case containsAny(text, "union select", "union all select", "' or '", "' or 1=1", "or 1=1--", "information_schema", "sleep(", "benchmark(", "waitfor delay"):
		f.Risk(RiskSQLInjection, "SQL in the query")
	case containsAny(text, "/etc/passwd", "cmd.exe", "/bin/sh", "/bin/bash", "wget http", "curl http", ";ls ", "|id", "$(", "`id`"):
		f.Risk(RiskRCE, "shell command in the query")
	}
}

func containsAny(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// httpResponseRisks raises what a response shows by itself.
func httpResponseRisks(f *Flow, h *HTTPInfo, fields *httpFields, body []byte) {
	if h.Status >= 400 {
		f.Risk(RiskErrorCode, "HTTP status "+strconv.Itoa(int(h.Status)))
	}
	if fields.badName || fields.badValue {
		f.Risk(RiskHTTPHeader, "header with non-printable characters")
	}
	if obsoleteServer(h.Server) {
		f.Risk(RiskHTTPObsoleteServer, "server "+h.Server)
	}
	kind, _, _ := strings.Cut(strings.ToLower(h.ContentType), ";")
	if executable(kind, body) {
		f.Risk(RiskBinaryAppTransfer, "executable content")
	} else if binaryContent(kind) {
		f.Risk(RiskBinaryTransfer, "content type "+kind)
	}
	if kind == "application/java-vm" {
		f.Risk(RiskPossibleExploit, "Java class over HTTP")
	}
	if strings.HasPrefix(kind, "text/") && len(body) > 8 && !printable(body[:8]) && body[0] != 0xef && body[0] != 0x1f {
		f.Risk(RiskHTTPContent, "binary content declared as "+kind)
	}
}

// obsoleteServer reports releases that get no fixes any more: Apache before 2.4
// and nginx before 1.22.
func obsoleteServer(server string) bool {
	for _, s := range [...]struct {
		name         string
		major, minor int
	}{{"Apache/", 2, 4}, {"nginx/", 1, 22}} {
		rest, ok := strings.CutPrefix(server, s.name)
		if !ok {
			continue
		}
		major, tail, _ := strings.Cut(rest, ".")
		minor, _, _ := strings.Cut(tail, ".")
		a, err := strconv.Atoi(major)
		b, err2 := strconv.Atoi(strings.TrimRight(minor, " )"))
		return err == nil && err2 == nil && (a < s.major || a == s.major && b < s.minor)
	}
	return false
}

// randomWord reports a word that no language has: few vowels between long runs of
// consonants.
func randomWord(word string) bool {
	run, longest, vowels := 0, 0, 0
	for i := range len(word) {
		if strings.IndexByte("aeiouy", word[i]) >= 0 {
			run = 0
			vowels++
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest >= 5 && vowels*4 < len(word)*1
}
