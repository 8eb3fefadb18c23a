package dpi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/flowloom/flowloom/engine/packet"
)

// smbMessage puts a session message's header in front.
func smbMessage(body string) string {
	return string([]byte{0, 0, byte(len(body) >> 8), byte(len(body))}) + body
}

// smb1Of is a header of version 1: command, status, flags, ids.
func smb1Of(command byte, flags, body string) string {
	return smbMessage("\xffSMB" + string([]byte{command}) + "\x00\x00\x00\x00" + flags + "\x53\xc8" + strings.Repeat("\x00", 12) + "\xff\xff\xff\xfe\x00\x00\x00\x00" + body)
}

// smb2Of is a header of version 2: structure size, credit, status, command, ids.
func smb2Of(command byte, body string) string {
	return smbMessage("\xfeSMB\x40\x00\x00\x00\x00\x00\x00\x00" + string([]byte{command}) + "\x00\x01\x00" + strings.Repeat("\x00", 48) + body)
}

const (
	smbOldDialects = "\x00\x0c\x00\x02NT LM 0.12\x00"
	smbAllDialects = "\x00\x22\x00\x02NT LM 0.12\x00\x02SMB 2.002\x00\x02SMB 2.???\x00"
	smb1Choice     = "\x11\x00\x00\x03\x32\x00\x01\x00\x04\x11\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\xfd\xe3\x00\x80"
	smb2Choice     = "\x41\x00\x01\x00\xff\x02\x00\x00"
)

func TestSMBv1(t *testing.T) {
	t.Parallel()
	const tcp = packet.ProtoTCP
	old, all := client(smb1Of(0x72, "\x18", smbOldDialects)), client(smb1Of(0x72, "\x18", smbAllDialects))
	answer := server(smb1Of(0x72, "\x98", smb1Choice))
	checkConversations(t, []conversation{
		{"negotiation of version 1", tcp, 445, []msg{old, answer}, "NetBIOS.SMBv1"},
		{"version 2 offered and refused", tcp, 445, []msg{all, answer}, "NetBIOS.SMBv1"},
		{"version 2 offered to nobody", tcp, 40000, []msg{all}, "Unknown"},
		{"session set-up under way", tcp, 40000, []msg{client(smb1Of(0x73, "\x18", strings.Repeat("\x00", 27)))}, "NetBIOS.SMBv1"},
		{"message too short for a header", tcp, 40000, []msg{client("\x00\x00\x00\x10" + "\xffSMB\x72" + strings.Repeat("\x00", 11))}, "Unknown"},
		{"another magic", tcp, 40000, []msg{client(smbMessage("\xffSMC\x72" + strings.Repeat("\x00", 40)))}, "Unknown"},
	})
	_, r := talk(t, newTestRegistry(t, ""), tcp, 445, old, answer)
	assert.True(t, r.Risks.Has(RiskSMBInsecure))
}

// The command, behind the magic, may be in a later segment.
func TestSMBv1WithoutACommand(t *testing.T) {
	t.Parallel()
	whole := smb1Of(0x73, "\x18", strings.Repeat("\x00", 27))
	got, _ := talk(t, newTestRegistry(t, ""), packet.ProtoTCP, 445, client(whole[:8]), client(whole[8:]))
	assert.Equal(t, "NetBIOS.SMBv1", got)
}
