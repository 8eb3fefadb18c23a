package dpi

import (
	"bytes"
	"crypto/md5" //nolint:gosec // HASSH is defined with MD5
	"encoding/hex"
	"strconv"
	"strings"
)

// SSH: RFC 4253 (banner section 4.2, binary packet section 6, KEXINIT section 7.1).
// HASSH: MD5 of the algorithm names of one side's KEXINIT, as published by its
// authors (github.com/salesforce/hassh).

// dissectSSH finds a banner in either direction, then reads both KEXINIT messages.
func dissectSSH(f *Flow) Verdict {
	if !f.matched() {
		if v := prefixVerdict(f.Payload, "SSH-"); v != Yes {
			return v
		}
	}
	info := f.Info()
	if info.SSH == nil {
		info.SSH = new(SSHInfo)
	}
	s := info.SSH
	sshSide(f, FromClient, &s.ClientBanner, &s.ClientHASSH)
	sshSide(f, FromServer, &s.ServerBanner, &s.ServerHASSH)
	if s.ClientHASSH != "" && s.ServerHASSH != "" {
		return Yes
	}
	return YesMore
}

// sshSide reads banner and KEXINIT of one direction once they are complete.
func sshSide(f *Flow, d Direction, banner, hassh *string) {
	b := f.Stream(d)
	line, whole := firstLine(b)
	if !whole || !hasPrefix(line, "SSH-") {
		return
	}
	if *banner == "" {
		*banner = printableText(line[:min(len(line), 255)])
		sshVersionRisk(f, d, *banner)
	}
	if *hassh == "" {
		if lists := kexInit(b[bytes.IndexByte(b, '\n')+1:]); lists != nil {
			*hassh = hasshOf(lists, d)
			f.checkFingerprint(RiskMaliciousFingerprint, "HASSH", *hassh)
		}
	}
}

// kexLists are the ten name lists of KEXINIT, in order.
type kexLists [10][]byte

// kexInit reads the name lists of a KEXINIT packet, nil while it is incomplete.
func kexInit(b []byte) *kexLists {
	const kexInitMessage, cookie = 20, 16
	size := int(be32(b, 0))
	if len(b) < 22 || size < 22 || size > MaxBuffered || len(b) < 4+size || b[5] != kexInitMessage {
		return nil
	}
	body, at := b[:4+size], 6+cookie
	lists := new(kexLists)
	for i := range lists {
		n := int(be32(body, at))
		if n < 0 || at+4+n > len(body) {
			return nil
		}
		lists[i] = body[at+4 : at+4+n]
		at += 4 + n
	}
	return lists
}

// hasshOf joins key exchange, encryption, MAC and compression algorithms of the
// side's own direction.
func hasshOf(l *kexLists, d Direction) string {
	pick := [...]int{0, 2, 4, 6}
	if d == FromServer {
		pick = [...]int{0, 3, 5, 7}
	}
	h := md5.New() //nolint:gosec // see the import
	for i, at := range pick {
		if i > 0 {
			h.Write([]byte{';'})
		}
		h.Write(l[at])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// sshVersionRisk raises obsolete protocol and OpenSSH versions.
func sshVersionRisk(f *Flow, d Direction, banner string) {
	risk := RiskSSHClientObsolete
	if d == FromServer {
		risk = RiskSSHServerObsolete
	}
	if strings.HasPrefix(banner, "SSH-1.") && !strings.HasPrefix(banner, "SSH-1.99") {
		f.Risk(risk, "protocol version 1")
		return
	}
	_, release, found := strings.Cut(banner, "OpenSSH_")
	if !found {
		return
	}
	major, _, _ := strings.Cut(release, ".")
	const oldest = 8
	if n, err := strconv.Atoi(major); err == nil && n < oldest {
		f.Risk(risk, "software "+banner)
	}
}
