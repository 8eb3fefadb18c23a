package flow

import (
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/field"
)

// dpiFillers fill what detection found.
func dpiFillers() map[string]filler {
	table := map[string]filler{
		"l7_proto": func(r *Record, v *field.Value) {
			if r.DPI.Name() == "" {
				v.SetString("Unknown")
				return
			}
			v.SetString(r.DPI.Name())
		},
		"l7_master": func(r *Record, v *field.Value) { v.SetNonEmpty(r.DPI.MasterName()) },
		"l7_app":    func(r *Record, v *field.Value) { v.SetNonEmpty(r.DPI.AppName()) },
		"l7_category": func(r *Record, v *field.Value) {
			if r.DPI.Category != dpi.Unspecified {
				v.SetString(r.DPI.Category.String())
			}
		},
		"l7_confidence": func(r *Record, v *field.Value) {
			if r.DPI.Confidence != dpi.NoConfidence {
				v.SetString(r.DPI.Confidence.String())
			}
		},
		"risks": func(r *Record, v *field.Value) {
			if r.DPI.Risks != 0 {
				v.SetList(r.DPI.Risks.Names())
			}
		},
		"score": func(r *Record, v *field.Value) { v.SetUint(uint64(r.DPI.Risks.Score())) },
	}
	for name, fill := range infoFillers() {
		table[name] = func(r *Record, v *field.Value) {
			if r.DPI.Info != nil {
				fill(r.DPI.Info, v)
			}
		}
	}
	return table
}

type infoFiller func(i *dpi.Info, v *field.Value)

// part skips a protocol that the flow did not speak.
func part[T any](get func(*dpi.Info) *T, fill func(*T, *field.Value)) infoFiller {
	return func(i *dpi.Info, v *field.Value) {
		if p := get(i); p != nil {
			fill(p, v)
		}
	}
}

func infoFillers() map[string]infoFiller {
	table := map[string]infoFiller{
		"server_name":     func(i *dpi.Info, v *field.Value) { v.SetNonEmpty(i.ServerName) },
		"user_agent":      func(i *dpi.Info, v *field.Value) { v.SetNonEmpty(i.UserAgent) },
		"user_name":       func(i *dpi.Info, v *field.Value) { v.SetNonEmpty(i.User) },
		"quic_version":    func(i *dpi.Info, v *field.Value) { setNonZero(v, uint64(i.QUICVersion)) },
		"bittorrent_hash": func(i *dpi.Info, v *field.Value) { v.SetNonEmpty(i.BitTorrentHash) },
		"rtp_codec":       func(i *dpi.Info, v *field.Value) { v.SetNonEmpty(i.RTPCodec) },
		"risk_reasons": func(i *dpi.Info, v *field.Value) {
			if len(i.Reasons) == 0 {
				return
			}
			texts := make([]string, len(i.Reasons))
			for n, r := range i.Reasons {
				texts[n] = r.Risk.String() + ": " + r.Text
			}
			v.SetList(texts)
		},
	}
	for name, get := range map[string]func(*dpi.TLSInfo) string{
		"tls_version": (*dpi.TLSInfo).VersionName, "tls_cipher": (*dpi.TLSInfo).CipherName,
		"tls_alpn":            func(t *dpi.TLSInfo) string { return t.ALPN },
		"tls_client_versions": func(t *dpi.TLSInfo) string { return t.ClientVersions },
		"tls_ja4":             func(t *dpi.TLSInfo) string { return t.JA4 },
		"tls_ja4_ndpi4":       func(t *dpi.TLSInfo) string { return t.JA4AsNDPI4 },
		"tls_ja3s":            func(t *dpi.TLSInfo) string { return t.JA3S },
		"tls_cert_subject":    func(t *dpi.TLSInfo) string { return t.Subject },
		"tls_cert_issuer":     func(t *dpi.TLSInfo) string { return t.Issuer },
		"tls_cert_sha1":       func(t *dpi.TLSInfo) string { return t.SHA1 },
		"tls_cert_sha256":     func(t *dpi.TLSInfo) string { return t.SHA256 },
	} {
		table[name] = part(tlsPart, func(t *dpi.TLSInfo, v *field.Value) { v.SetNonEmpty(get(t)) })
	}
	table["tls_cert_names"] = part(tlsPart, func(t *dpi.TLSInfo, v *field.Value) {
		if len(t.SANs) > 0 {
			v.SetList(t.SANs)
		}
	})
	table["tls_cert_not_before"] = part(tlsPart, func(t *dpi.TLSInfo, v *field.Value) { setIf(v, t.NotBefore != 0, t.NotBefore*1e9) })
	table["tls_cert_not_after"] = part(tlsPart, func(t *dpi.TLSInfo, v *field.Value) { setIf(v, t.NotAfter != 0, t.NotAfter*1e9) })
	applicationFillers(table)
	return table
}

func tlsPart(i *dpi.Info) *dpi.TLSInfo   { return i.TLS }
func httpPart(i *dpi.Info) *dpi.HTTPInfo { return i.HTTP }
func dnsPart(i *dpi.Info) *dpi.DNSInfo   { return i.DNS }
func sshPart(i *dpi.Info) *dpi.SSHInfo   { return i.SSH }
func dhcpPart(i *dpi.Info) *dpi.DHCPInfo { return i.DHCP }
func sipPart(i *dpi.Info) *dpi.SIPInfo   { return i.SIP }

// applicationFillers adds what single application protocols tell.
func applicationFillers(t map[string]infoFiller) {
	t["http_method"] = part(httpPart, func(h *dpi.HTTPInfo, v *field.Value) { v.SetNonEmpty(h.Method) })
	t["http_url"] = part(httpPart, func(h *dpi.HTTPInfo, v *field.Value) { v.SetNonEmpty(h.URL) })
	t["http_status"] = part(httpPart, func(h *dpi.HTTPInfo, v *field.Value) { setNonZero(v, uint64(h.Status)) })
	t["http_server"] = part(httpPart, func(h *dpi.HTTPInfo, v *field.Value) { v.SetNonEmpty(h.Server) })
	t["http_content_type"] = part(httpPart, func(h *dpi.HTTPInfo, v *field.Value) { v.SetNonEmpty(h.ContentType) })
	t["dns_query"] = part(dnsPart, func(d *dpi.DNSInfo, v *field.Value) { v.SetNonEmpty(d.Query) })
	t["dns_query_type"] = part(dnsPart, func(d *dpi.DNSInfo, v *field.Value) { setNonZero(v, uint64(d.QueryType)) })
	t["dns_rcode"] = part(dnsPart, func(d *dpi.DNSInfo, v *field.Value) {
		if d.Answered {
			v.SetUint(uint64(d.RCode))
		}
	})
	t["dns_answers"] = part(dnsPart, func(d *dpi.DNSInfo, v *field.Value) {
		if len(d.Answers) > 0 {
			v.SetList(d.Answers)
		}
	})
	t["ssh_client"] = part(sshPart, func(s *dpi.SSHInfo, v *field.Value) { v.SetNonEmpty(s.ClientBanner) })
	t["ssh_server"] = part(sshPart, func(s *dpi.SSHInfo, v *field.Value) { v.SetNonEmpty(s.ServerBanner) })
	t["ssh_client_hassh"] = part(sshPart, func(s *dpi.SSHInfo, v *field.Value) { v.SetNonEmpty(s.ClientHASSH) })
	t["ssh_server_hassh"] = part(sshPart, func(s *dpi.SSHInfo, v *field.Value) { v.SetNonEmpty(s.ServerHASSH) })
	t["dhcp_host_name"] = part(dhcpPart, func(d *dpi.DHCPInfo, v *field.Value) { v.SetNonEmpty(d.HostName) })
	t["dhcp_fingerprint"] = part(dhcpPart, func(d *dpi.DHCPInfo, v *field.Value) { v.SetNonEmpty(d.Fingerprint) })
	t["sip_from"] = part(sipPart, func(s *dpi.SIPInfo, v *field.Value) { v.SetNonEmpty(s.From) })
	t["sip_to"] = part(sipPart, func(s *dpi.SIPInfo, v *field.Value) { v.SetNonEmpty(s.To) })
}
