package tracegen

import (
	"fmt"
	"net/netip"
	"strings"
	"time"
)

// FTP is a control connection that logs in and fetches a file of size bytes over
// a passive data connection to data (RFC 959); send that with [FTPData].
func FTP(user, password, file string, size int, data netip.AddrPort) Exchange {
	ip := strings.ReplaceAll(data.Addr().String(), ".", ",")
	return Chain(Lines(
		"S: 220 ftp.example.com FTP server ready",
		"C: USER "+user,
		"S: 331 Password required",
		"C: PASS "+password,
		"S: 230 User logged in",
		"C: TYPE I",
		"S: 200 Type set to I",
		"C: PASV",
		fmt.Sprintf("S: 227 Entering Passive Mode (%s,%d,%d)", ip, data.Port()>>8, data.Port()&0xff),
		"C: RETR "+file,
		"S: 150 Opening BINARY mode data connection for "+file,
	), Script(
		Server(fmt.Sprintf("226 Transfer complete, %d bytes\r\n", size)).After(300*time.Millisecond),
		Client("QUIT\r\n"),
		Server("221 Goodbye\r\n"),
	))
}

// FTPData is the data connection of a transfer: the server sends the file.
func FTPData(file []byte) Exchange { return Script(Message{FromServer: true, Data: file}) }

// POP3 logs in and fetches one mail (RFC 1939).
func POP3(user, password, mail string) Exchange {
	size := len(mail)
	return Lines(
		"S: +OK POP3 pop.example.com ready",
		"C: USER "+user,
		"S: +OK",
		"C: PASS "+password,
		"S: +OK Logged in.",
		"C: STAT",
		fmt.Sprintf("S: +OK 1 %d", size),
		"C: RETR 1",
		fmt.Sprintf("S: +OK %d octets", size),
		"S: "+mail,
		"S: .",
		"C: QUIT",
		"S: +OK Logging out.",
	)
}

// IMAP logs in, opens the inbox and fetches one mail (RFC 9051).
func IMAP(user, password, mail string) Exchange {
	return Lines(
		"S: * OK [CAPABILITY IMAP4rev1 IDLE LITERAL+] imap.example.com ready",
		fmt.Sprintf("C: a1 LOGIN %q %q", user, password),
		"S: a1 OK Logged in",
		"C: a2 SELECT INBOX",
		`S: * FLAGS (\Answered \Flagged \Deleted \Seen \Draft)`,
		"S: * 1 EXISTS",
		"S: a2 OK [READ-WRITE] Select completed",
		"C: a3 FETCH 1 (BODY[])",
		fmt.Sprintf("S: * 1 FETCH (BODY[] {%d}", len(mail)),
		"S: "+mail+")",
		"S: a3 OK Fetch completed",
		"C: a4 LOGOUT",
		"S: * BYE Logging out",
		"S: a4 OK Logout completed",
	)
}

// Redis sends commands, each a list of words, and gets the replies (RESP: the
// reply is given in wire form, such as "+OK\r\n").
func Redis(dialogue ...RedisCall) Exchange {
	var messages []Message
	for _, call := range dialogue {
		var b strings.Builder
		fmt.Fprintf(&b, "*%d\r\n", len(call.Command))
		for _, word := range call.Command {
			fmt.Fprintf(&b, "$%d\r\n%s\r\n", len(word), word)
		}
		messages = append(messages, Client(b.String()), Server(call.Reply))
	}
	return Script(messages...)
}

// RedisCall is one command with its reply; see [Redis].
type RedisCall struct {
	Command []string
	Reply   string
}

// Syslog sends lines of a facility*8+severity priority by UDP (RFC 5424).
func Syslog(priority int, host, app string, lines ...string) Exchange {
	var messages []Message
	for i, line := range lines {
		stamp := certTime.Add(time.Duration(i) * time.Second).Format(time.RFC3339)
		m := Client(fmt.Sprintf("<%d>1 %s %s %s 4711 - - %s", priority, stamp, host, app, line))
		messages = append(messages, m.After(time.Second))
	}
	return Script(messages...)
}
