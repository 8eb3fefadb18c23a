package dpi

// dissectSOCKS finds SOCKS 5 (RFC 1928) by greeting and answer, and SOCKS 4 (and
// 4A) by its request.
func dissectSOCKS(f *Flow) Verdict {
	client, server := f.Stream(FromClient), f.Stream(FromServer)
	if len(client) == 0 {
		if len(server) > 2 {
			return No
		}
		return More
	}
	switch client[0] {
	case 5:
		return socks5(client, server)
	case 4:
		return socks4(client, server)
	default:
		return No
	}
}

func socks5(client, server []byte) Verdict {
	if len(client) < 2 {
		return More
	}
	methods := int(client[1])
	if methods == 0 || methods > 16 {
		return No
	}
	if len(client) < 2+methods {
		return More
	}
	if len(client) > 2+methods && len(server) == 0 {
		return No // a client waits for the choice of method
	}
	for _, m := range client[2 : 2+methods] {
		if m > 9 && m < 0x80 {
			return No
		}
	}
	switch {
	case len(server) == 0:
		return More
	case server[0] != 5 || len(server) > 1 && server[1] > 9 && server[1] != 0xff:
		return No
	case len(server) < 2:
		return More
	default:
		return Yes
	}
}

func socks4(client, server []byte) Verdict {
	if len(client) < 9 {
		if len(client) > 1 && client[1] != 1 && client[1] != 2 {
			return No
		}
		return More
	}
	if client[1] != 1 && client[1] != 2 || client[len(client)-1] != 0 || len(client) > 512 {
		return No
	}
	switch {
	case len(server) == 0:
		return More
	case len(server) < 8:
		if server[0] != 0 {
			return No
		}
		return More
	case server[0] == 0 && server[1] >= 0x5a && server[1] <= 0x5d:
		return Yes
	default:
		return No
	}
}
