package dpi

import (
	"bytes"
	"strings"
)

// httpRequestName names what a request shows to be more than a page.
func httpRequestName(f *Flow, h *HTTPInfo, fields *httpFields) {
	switch {
	case h.Method == "CONNECT":
		f.SetMaster("HTTP_Connect")
		if len(fields.host) == 0 {
			f.SetServerName(httpHost([]byte(h.URL)))
		}
	case strings.HasPrefix(h.URL, "http://"):
		f.SetMaster("HTTP_Proxy")
		httpProxyHost(f, h)
	case webDAVMethod(h.Method):
		f.SetApp("WebDAV")
	case strings.EqualFold(string(fields.upgrade), "websocket"):
		f.SetApp("WebSocket")
	case hasPrefix(fields.contentType, "application/ipp"):
		f.SetApp("IPP")
	case hasPrefix(fields.contentType, "application/ocsp-request"):
		f.SetApp("OCSP")
	case hasPrefix(fields.contentType, "application/json-rpc"):
		f.SetApp("JSON-RPC")
	case hasPrefix(fields.contentType, "application/soap+xml"), fields.soap:
		f.SetApp("SOAP")
	case h.Method == "RPC_IN_DATA", h.Method == "RPC_OUT_DATA", h.Method == "RPC_CONNECT":
		f.SetApp("MS-RPCH")
	default:
		httpAgentName(f, h, f.Info().UserAgent)
	}
}

// httpProxyHost takes the host from an absolute URI when there is no Host field.
func httpProxyHost(f *Flow, h *HTTPInfo) {
	if f.Info().ServerName != "" {
		return
	}
	host, _, _ := strings.Cut(strings.TrimPrefix(h.URL, "http://"), "/")
	f.SetServerName(httpHost([]byte(host)))
}

func webDAVMethod(m string) bool {
	switch m {
	case "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK":
		return true
	default:
		return false
	}
}

// httpAgentName names applications that say who they are, or that HTTP carries
// between peers.
func httpAgentName(f *Flow, h *HTTPInfo, agent string) {
	switch {
	case strings.HasPrefix(h.URL, "/announce?info_hash="), strings.HasPrefix(h.URL, "/scrape?info_hash="):
		f.SetApp("BitTorrent")
	case strings.HasPrefix(h.URL, "/uri-res/N2R?urn:sha1:"), strings.HasPrefix(h.URL, "/gnutella/"):
		f.SetApp("Gnutella")
	case strings.HasSuffix(h.URL, ".m4s"), strings.HasSuffix(h.URL, ".mpd"):
		f.SetApp("MpegDash")
	case strings.HasPrefix(agent, "Transmission/"), strings.HasPrefix(agent, "uTorrent"), strings.HasPrefix(agent, "qBittorrent"):
		f.SetApp("BitTorrent")
	case strings.HasPrefix(agent, "TeamViewer"):
		f.SetApp("TeamViewer")
	case strings.HasPrefix(agent, "WhatsApp/"):
		f.SetApp("WhatsApp")
	case strings.HasPrefix(agent, "Valve/Steam HTTP Client"):
		f.SetApp("Steam")
	case strings.HasPrefix(agent, "Spotify/"):
		f.SetApp("Spotify")
	case strings.HasPrefix(agent, "Instagram "):
		f.SetApp("Instagram")
	case strings.Contains(agent, "Microsoft-CryptoAPI"), strings.HasPrefix(agent, "Windows-Update-Agent"):
		f.SetApp("WindowsUpdate")
	}
}

// httpContentName names what the content type gives away.
func httpContentName(f *Flow, h *HTTPInfo) {
	if strings.HasPrefix(h.Server, "Icecast ") {
		f.SetApp("IceCast")
	}
	kind, _, _ := strings.Cut(strings.ToLower(h.ContentType), ";")
	switch strings.TrimSpace(kind) {
	case "application/ocsp-response":
		f.SetApp("OCSP")
	case "application/dash+xml", "video/iso.segment":
		f.SetApp("MpegDash")
	case "application/vnd.apple.mpegurl", "application/x-mpegurl":
		f.SetApp("HLS")
	case "application/json-rpc":
		f.SetApp("JSON-RPC")
	case "application/ipp":
		f.SetApp("IPP")
	case "application/rpc":
		f.SetApp("MS-RPCH")
	}
	switch {
	case strings.HasPrefix(kind, "video/"), strings.HasPrefix(kind, "audio/"):
		f.SetCategory(Media)
	case binaryContent(kind):
		f.SetCategory(Download)
	}
}

// binaryContent reports content types that carry files rather than pages.
func binaryContent(kind string) bool {
	switch kind {
	case "application/octet-stream", "application/x-msdownload", "application/zip", "application/x-dosexec", "application/x-msdos-program",
		"application/vnd.microsoft.portable-executable", "application/vnd.android.package-archive", "application/java-vm", "application/java-archive",
		"application/x-executable", "application/x-iso9660-image", "application/x-rar-compressed", "application/x-7z-compressed":
		return true
	default:
		return false
	}
}

// executable reports content that runs, by type or by its first bytes.
func executable(kind string, body []byte) bool {
	switch kind {
	case "application/x-msdownload", "application/x-dosexec", "application/x-msdos-program", "application/vnd.microsoft.portable-executable",
		"application/java-vm", "application/x-executable", "application/vnd.android.package-archive", "application/java-archive":
		return true
	}
	return hasPrefix(body, "MZ") && len(body) > 64 || hasPrefix(body, "\x7fELF") || bytes.HasPrefix(body, []byte("\xca\xfe\xba\xbe"))
}
