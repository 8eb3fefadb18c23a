package dpi

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

func TestFTP(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	checkConversations(t, []conversation{
		{"a log-in", tcp, 21, []msg{server("220 ProFTPD Server ready.\r\n"), client("USER anonymous\r\n")}, "FTP_CONTROL"},
		{"on another port", tcp, 40000, []msg{server("220 FTP server ready\r\n"), client("FEAT\r\n")}, "FTP_CONTROL"},
		{"a listing", tcp, 20, []msg{server("drwxr-xr-x 2 ftp ftp 4096 Jan 24 2026 pub\r\n")}, "FTP_DATA"},
		{"a greeting that says nothing, and a name in small letters", tcp, 40000, []msg{server("220 Welcome\r\n"), client("User anonymous\r\n")}, "FTP_CONTROL"},
		{"options come first", tcp, 40000, []msg{server("220 Welcome\r\n"), client("OPTS UTF8 ON\r\n")}, "FTP_CONTROL"},
		{"a log-in that was not seen", tcp, 40000, []msg{client("PASV\r\n"), server("227 Entering Passive Mode (192,0,2,2,156,64)\r\n")}, "FTP_CONTROL"},
		{"a listing to a passive port", tcp, 40000, []msg{server("drwxr-xr-x   2 ftp ftp 4096 Jan 24 2026 pub\r\n")}, "FTP_DATA"},
		{"a listing with its sum", tcp, 40000, []msg{server("total 8\r\n-rw-r--r-- 1 0 0 12 Jan 24 2026 a.txt\r\n")}, "FTP_DATA"},
		{"a listing of Windows", tcp, 40000, []msg{server("01-24-26  11:22AM       <DIR>          pub\r\n")}, "FTP_DATA"},
		{"a listing for programs", tcp, 40000, []msg{server("Type=dir;Modify=20260124041200;Perm=el; pub\r\n")}, "FTP_DATA"},
		{"a listing that was asked for in the same connection", tcp, 40000, []msg{client("ls\n"), server("drwxr-xr-x   2 ftp ftp 4096 Jan 24 2026 pub\r\n")}, "Unknown"},
		{"dashes", tcp, 40000, []msg{server("---------- --------\r\n")}, "Unknown"},
		{"a greeting of mail", tcp, 40000, []msg{server("220 mail ESMTP\r\n"), client("QUIT\r\n")}, "SMTP"},
	})
}

// The user is kept, the password never; it is a risk unless anybody may know it.
func TestFTPUser(t *testing.T) {
	t.Parallel()
	for user, risky := range map[string]bool{"alice": true, "anonymous": false} {
		_, r := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 21,
			server("220 FTP\r\n"), client("USER "+user+"\r\n"), server("331 Password\r\n"), client("PASS s3cret\r\n"))
		assert.Equal(t, user, r.Info.User)
		assert.Equal(t, risky, r.Risks.Has(RiskClearTextCredentials), user)
		assert.NotContains(t, fmt.Sprintf("%+v", r.Info), "s3cret")
	}
}
