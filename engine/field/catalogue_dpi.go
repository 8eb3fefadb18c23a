package field

// dpiFields is what detection adds to a flow.
func dpiFields() []Field {
	return []Field{
		// Protocol and application.
		{Name: "l7_proto", Kind: String, Doc: "Protocol and application as nDPI spells them: `MASTER` or `MASTER.APP` (`TLS.Google`), `Unknown` when nothing matched", IPFIX: "applicationName", Ntopng: "L7_PROTO"},
		{Name: "l7_master", Kind: String, Optional: true, Doc: "Protocol that carries the application (`TLS`)", Ntopng: "L7_PROTO_MASTER"},
		{Name: "l7_app", Kind: String, Optional: true, Doc: "Application that the protocol carries (`Google`)"},
		{Name: "l7_category", Kind: String, Optional: true, Doc: "Category of the application, else of the protocol (`Web`, `VPN`, `Chat` ...)", IPFIX: "applicationCategoryName", Ntopng: "L7_CATEGORY"},
		{Name: "l7_confidence", Kind: String, Optional: true, Doc: "How the name was found: `DPI`, `DPI (partial)`, `DPI (cache)`, `Match by port`, `Match by IP`, `Match by custom rule`"},
		{Name: "server_name", Kind: String, Optional: true, Doc: "Name the client asked for (SNI, HTTP Host, DNS query), or that a host gives itself", Ntopng: "INFO"},
		{Name: "user_agent", Kind: String, Optional: true, Doc: "Client software as it calls itself (HTTP, QUIC, SIP, SSDP)"},
		{Name: "user_name", Kind: String, Optional: true, Doc: "Login name seen in clear text; passwords are never kept"},

		// Risks.
		{Name: "risks", Kind: StringList, Optional: true, Doc: "Risks by nDPI's names", Ntopng: "FLOW_RISK"},
		{Name: "risk_reasons", Kind: StringList, Optional: true, Doc: "Evidence for the risks, `name: reason`"},
		{Name: "score", Kind: Uint16, Doc: "Sum of the risks' scores", Ntopng: "SCORE"},

		// TLS, DTLS and QUIC.
		{Name: "tls_version", Kind: String, Optional: true, Doc: "Version that the server chose, else the client's best offer (`TLSv1.3`, `DTLSv1.2`)"},
		{Name: "tls_cipher", Kind: String, Optional: true, Doc: "Cipher suite that the server chose, by its IANA name"},
		{Name: "tls_alpn", Kind: String, Optional: true, Doc: "Application protocol that the server chose, else the client's list, comma-separated"},
		{Name: "tls_client_versions", Kind: String, Optional: true, Doc: "Versions that the client supports, comma-separated"},
		{Name: "tls_ja4", Kind: String, Optional: true, Doc: "JA4 fingerprint of the client, as FoxIO describes it"},
		{Name: "tls_ja4_ndpi4", Kind: String, Optional: true, Doc: "The same as nDPI before 5.0 wrote it, where that differs: to find it in what was gathered with it"},
		{Name: "tls_ja3s", Kind: String, Optional: true, Doc: "JA3S fingerprint of the server"},
		{Name: "tls_cert_subject", Kind: String, Optional: true, Doc: "Subject of the server's certificate"},
		{Name: "tls_cert_issuer", Kind: String, Optional: true, Doc: "Issuer of the server's certificate"},
		{Name: "tls_cert_names", Kind: StringList, Optional: true, Doc: "Subject alternative names of the server's certificate"},
		{Name: "tls_cert_not_before", Kind: Time, Optional: true, Doc: "Start of the certificate's validity"},
		{Name: "tls_cert_not_after", Kind: Time, Optional: true, Doc: "End of the certificate's validity"},
		{Name: "tls_cert_sha1", Kind: String, Optional: true, Doc: "SHA-1 fingerprint of the certificate"},
		{Name: "tls_cert_sha256", Kind: String, Optional: true, Doc: "SHA-256 fingerprint of the certificate"},
		{Name: "quic_version", Kind: Uint32, Optional: true, Doc: "Wire version of the first QUIC Initial packet (1 is RFC 9000)"},

		// HTTP.
		{Name: "http_method", Kind: String, Optional: true, Doc: "Method of the first request", IPFIX: "httpRequestMethod"},
		{Name: "http_url", Kind: String, Optional: true, Doc: "Target of the first request", IPFIX: "httpRequestTarget"},
		{Name: "http_status", Kind: Uint16, Optional: true, Doc: "Status code of the first response", IPFIX: "httpStatusCode"},
		{Name: "http_server", Kind: String, Optional: true, Doc: "Server software as it calls itself"},
		{Name: "http_content_type", Kind: String, Optional: true, Doc: "Content type of the first response", IPFIX: "httpContentType"},

		// DNS.
		{Name: "dns_query", Kind: String, Optional: true, Doc: "Name of the first question"},
		{Name: "dns_query_type", Kind: Uint16, Optional: true, Doc: "Type of the first question (1 A, 28 AAAA ...)"},
		{Name: "dns_rcode", Kind: Uint8, Optional: true, Doc: "Response code of the first answer (0 no error, 3 no such name)"},
		{Name: "dns_answers", Kind: StringList, Optional: true, Doc: "Addresses and names of the first answer, at most 16"},

		// Others.
		{Name: "ssh_client", Kind: String, Optional: true, Doc: "Banner of the SSH client"},
		{Name: "ssh_server", Kind: String, Optional: true, Doc: "Banner of the SSH server"},
		{Name: "ssh_client_hassh", Kind: String, Optional: true, Doc: "HASSH fingerprint of the client"},
		{Name: "ssh_server_hassh", Kind: String, Optional: true, Doc: "HASSH fingerprint of the server"},
		{Name: "dhcp_host_name", Kind: String, Optional: true, Doc: "Host name that a DHCP client gives itself"},
		{Name: "dhcp_fingerprint", Kind: String, Optional: true, Doc: "Parameter request list of a DHCP client, hex"},
		{Name: "sip_from", Kind: String, Optional: true, Doc: "Calling party"},
		{Name: "sip_to", Kind: String, Optional: true, Doc: "Called party"},
		{Name: "bittorrent_hash", Kind: String, Optional: true, Doc: "Info-hash of the torrent, hex"},
		{Name: "rtp_codec", Kind: String, Optional: true, Doc: "Codec of the static RTP payload type"},
	}
}
