package dpi

import "bytes"

// HTTP/1.0 and HTTP/1.1: RFC 9112 (messages), RFC 9110 (methods and fields).

// httpMethods are those of RFC 9110, WebDAV (RFC 4918), and UPnP.
func httpMethod(b []byte) (n int, more bool) {
	methods := [...]string{
		"GET ", "POST ", "HEAD ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "CONNECT ", "TRACE ",
		"PROPFIND ", "PROPPATCH ", "MKCOL ", "COPY ", "MOVE ", "LOCK ", "UNLOCK ", "REPORT ", "SEARCH ", "MERGE ", "PURGE ",
		"SUBSCRIBE ", "UNSUBSCRIBE ", "NOTIFY ", "RPC_IN_DATA ", "RPC_OUT_DATA ", "RPC_CONNECT ", "CHECKIN ", "CHECKOUT ", "MKACTIVITY ",
	}
	for _, m := range methods {
		if len(b) > 0 && b[0] == m[0] {
			if hasPrefix(b, m) {
				return len(m) - 1, false
			}
			more = more || len(b) < len(m) && m[:len(b)] == string(b)
		}
	}
	return 0, more
}

// httpMaxHeader bounds the header that is read; longer ones are read that far.
const httpMaxHeader = 8 << 10

type httpState struct{ request, response bool }

// dissectHTTP finds a request line or a status line at the start of either
// direction's stream.
func dissectHTTP(f *Flow) Verdict {
	s, _ := f.State().(*httpState)
	if s == nil {
		if v := httpStart(f); v != Yes {
			return v
		}
		s = new(httpState)
		f.SetState(s)
	}
	for _, d := range [...]Direction{f.Dir, f.Dir.Other()} {
		httpMessage(f, f.Stream(d), s)
	}
	if s.request && s.response {
		return Yes
	}
	return YesMore
}

// httpStart judges the first bytes of the latest direction.
func httpStart(f *Flow) Verdict {
	b := f.Payload
	if v := prefixVerdict(b, "HTTP/1."); v != No {
		return v
	}
	n, more := httpMethod(b)
	switch {
	case more:
		return More
	case n == 0:
		return No
	}
	line, whole := firstLine(b)
	switch {
	case !whole && len(b) < httpMaxHeader && printable(b):
		return More
	case !whole || !bytes.Contains(line, []byte(" HTTP/1.")):
		return No
	default:
		return Yes
	}
}

// httpMessage reads one direction once its header is complete.
func httpMessage(f *Flow, b []byte, s *httpState) {
	if len(b) == 0 {
		return
	}
	end := bytes.Index(b, []byte("\r\n\r\n"))
	if end < 0 && len(b) < httpMaxHeader && f.Packets[0]+f.Packets[1] < MaxPackets/2 {
		return
	}
	header, body := b, []byte(nil)
	if end >= 0 {
		header, body = b[:end], b[end+4:]
	}
	if hasPrefix(b, "HTTP/1.") {
		if !s.response {
			s.response = true
			httpResponse(f, header, body)
		}
		return
	}
	if n, _ := httpMethod(b); n > 0 && !s.request {
		s.request = true
		httpRequest(f, header, body, n)
	}
}

func (f *Flow) httpInfo() *HTTPInfo {
	info := f.Info()
	if info.HTTP == nil {
		info.HTTP = new(HTTPInfo)
	}
	return info.HTTP
}

// httpRequest keeps what the client asks for, and names what the request gives
// away: a proxy, WebDAV, and protocols that are spoken over HTTP.
func httpRequest(f *Flow, header, body []byte, methodLen int) {
	h := f.httpInfo()
	line, _ := firstLine(header)
	h.Method = string(line[:methodLen])
	uri, _, _ := bytes.Cut(line[methodLen+1:], []byte{' '})
	h.URL = printableText(uri[:min(len(uri), 1024)])
	fields := readHTTPFields(header)
	if len(fields.host) > 0 {
		f.SetServerName(httpHost(fields.host))
		f.checkHostName(f.Info().ServerName)
	}
	f.Info().UserAgent = printableText(fields.userAgent)
	httpRequestName(f, h, &fields)
	httpRequestRisks(f, h, &fields, body)
}

// httpResponse keeps status, server and content type.
func httpResponse(f *Flow, header, body []byte) {
	h := f.httpInfo()
	line, _ := firstLine(header)
	if _, rest, ok := bytes.Cut(line, []byte{' '}); ok {
		h.Status = httpStatus(rest)
	}
	fields := readHTTPFields(header)
	h.Server = printableText(fields.server)
	if h.ContentType == "" || len(fields.contentType) > 0 {
		h.ContentType = printableText(fields.contentType)
	}
	httpContentName(f, h)
	httpResponseRisks(f, h, &fields, body)
}

func httpStatus(b []byte) uint16 {
	if len(b) < 3 {
		return 0
	}
	var n uint16
	for _, c := range b[:3] {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + uint16(c-'0')
	}
	return n
}

// httpFields are the header fields that matter here; they point into the header.
type httpFields struct {
	host, userAgent, server, contentType []byte
	authorization, upgrade, disposition  []byte
	names                                int
	badName, badValue                    bool
	soap                                 bool // has a SOAPAction, which may be empty
}

const httpMaxFields = 64

// readHTTPFields reads the fields behind the first line (RFC 9112, section 5).
func readHTTPFields(header []byte) (h httpFields) {
	_, rest, _ := bytes.Cut(header, []byte{'\n'})
	for len(rest) > 0 && h.names < httpMaxFields {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte{'\n'})
		name, value, ok := bytes.Cut(bytes.TrimSuffix(line, []byte{'\r'}), []byte{':'})
		if !ok {
			continue
		}
		h.names++
		h.set(name, bytes.TrimSpace(value))
	}
	return h
}

func (h *httpFields) set(name, value []byte) {
	if !printable(value) {
		h.badValue = true
	}
	if len(name) > 0 && (name[0] == ' ' || !printable(name)) {
		h.badName = true
	}
	h.soap = h.soap || bytes.EqualFold(name, []byte("soapaction"))
	for _, f := range [...]struct {
		name string
		dst  *[]byte
	}{
		{"host", &h.host},
		{"user-agent", &h.userAgent},
		{"server", &h.server},
		{"content-type", &h.contentType},
		{"authorization", &h.authorization},
		{"upgrade", &h.upgrade},
		{"content-disposition", &h.disposition},
	} {
		if len(name) == len(f.name) && len(*f.dst) == 0 && bytes.EqualFold(name, []byte(f.name)) {
			*f.dst = value
			return
		}
	}
}

// httpHost takes the port off a Host field (RFC 9110, section 7.2).
func httpHost(host []byte) []byte {
	if len(host) > 0 && host[0] == '[' {
		if end := bytes.IndexByte(host, ']'); end > 0 {
			return host[1:end]
		}
		return host
	}
	name, _, _ := bytes.Cut(host, []byte{':'})
	return name
}
