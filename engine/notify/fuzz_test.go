package notify

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
)

// FuzzFormats writes an alert with any texts in each form: whatever a check says, it is one
// message with the headers and fields that are ours.
func FuzzFormats(f *testing.F) {
	f.Add("port_scan", "192.0.2.1", "scan", "", uint8(100))
	f.Add("a]b", "x\"\\]", "\r\nBcc: x@example.net\r\n\r\nbody", "l\x00", uint8(250))
	f.Add("", "\xff\xfe", "=?utf-8?q?x?=\u2028 \ufeff", "\xed\xa0\x80", uint8(0))
	f.Add(strings.Repeat("c", 100), strings.Repeat("ä", 300), strings.Repeat("m", 5000), "l", uint8(1))
	f.Add("\ufffd", "\ufffd", "\ufffd\xff", "\ufffd", uint8(1))
	f.Add("", "", "", "", uint8(1))
	f.Add("c", strings.Repeat("\n", 300), "m", "l", uint8(1))
	f.Add("c", "=?utf-V?q?x?=", "=?utf-8?q?=5B?=", "==??", uint8(1))
	format, encode := newFormatter(3, 32473), newEncoder()
	mailer := &mailer{cfg: Mail{From: "a@example.net", To: []string{"b@example.net"}}}
	f.Fuzz(func(t *testing.T, check, subject, text, label string, score uint8) {
		m := message{action: "engaged", Alert: alert.Alert{
			Finding: alert.Finding{Check: check, Entity: alert.Host, Subject: subject, Score: score, Message: text, Time: 1},
			Status:  alert.Acknowledged, Last: 2, Count: 3, Label: label,
		}}
		var got map[string]any
		require.NoError(t, json.Unmarshal(encode.json(&m), &got))
		require.Equal(t, "engaged", got["action"])
		require.Equal(t, string([]rune(text)), got["message"], "U+FFFD stands for each byte that is no UTF-8")

		line := format.append(nil, &m)
		p := parsed(t, line)
		require.LessOrEqual(t, len(line), maxSyslog)
		require.False(t, bytes.ContainsAny(line, "\r\n\x00"))
		require.True(t, utf8.Valid(line))
		require.Len(t, *p.StructuredData, 1)
		data := (*p.StructuredData)["flowloom@32473"]
		require.Equal(t, "engaged", data["action"])
		require.Equal(t, cut(oneLine(string([]rune(subject))), maxParam), data["subject"])

		letter, err := mailer.compose([]message{m, m})
		require.NoError(t, err)
		var b bytes.Buffer
		_, err = letter.WriteTo(&b)
		require.NoError(t, err)
		head, _, _ := bytes.Cut(b.Bytes(), []byte("\r\n\r\n"))
		require.NotRegexp(t, `(?m)^[ \t]+\r?$`, string(head), "a line of spaces ends the header for some")
		read, err := mail.ReadMessage(&b)
		require.NoError(t, err)
		for name := range read.Header {
			require.Contains(t, []string{"From", "To", "Date", "Message-Id", "Subject", "Mime-Version", "Content-Type", "Content-Transfer-Encoding", "Auto-Submitted"}, name)
		}
		title, err := new(mime.WordDecoder).DecodeHeader(read.Header.Get("Subject"))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(title, "[flowloom] "), title)
		require.NotContains(t, title, "=?", "no text of ours is an encoded word")
	})
}
