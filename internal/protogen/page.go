package main

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine/dpi"
)

const head = `# Protocols and applications

<!-- Written by go generate ./engine/dpi; do not edit. -->

A flow's name is ` + "`MASTER`" + ` or ` + "`MASTER.APP`" + ` (` + "`TLS.NetFlix`" + `): the protocol on the wire and, when it is known, the
application that it carries. Names, numbers, categories and breeds are nDPI's where nDPI has them.

The table says how a name reaches a flow:

- payload: a dissector of its own read the flow's first packets;
- payload of its carrier: the dissector of the carrying protocol saw it;
- server name: the name in TLS, QUIC, HTTP or DNS is listed in ` + "`engine/dpi/data/hosts.txt`" + `;
- IP protocol: the number in the IP header;
- port, address: guessed from the default port or from ` + "`engine/dpi/data/addrs.txt`" + ` when nothing else is known
  (confidence "Match by port", "Match by IP").

## Adding names

An application needs a line in ` + "`engine/dpi/data/apps.txt`" + ` and one for each server name or prefix in ` + "`hosts.txt`" + ` and
` + "`addrs.txt`" + `; the head of each file says how. Without building anything, ` + "`--rules FILE`" + ` takes lines like these:

    # what to match, comma-separated @ the name
    tcp:81,tcp:8181@HTTP
    udp:5000-5010,host:"intranet.example",host:"cdn-*.example"@Intranet
    ip:198.51.100.0/24,ip:203.0.113.7:8443,ipv6:[2001:db8::]/32:443@Intranet
    payload:tcp:0=50ff01,payload:4=cafe@OurProtocol
    host:"pool.example",category:Mining@OurPool

A host stands for all names below it, ` + "`=`" + ` in front of it for that name only. A payload is an offset and the bytes there
in hex. A name of the table is extended by its rules; a new one becomes an application, with the category given. Rules win
over what is built in (confidence "Match by custom rule").

`

// page returns the whole page; the same registry gives the same bytes.
func page() ([]byte, error) {
	reg, err := dpi.NewRegistry(nil)
	if err != nil {
		return nil, err
	}
	var ids []dpi.ID
	for id := 1; id < reg.Len(); id++ {
		ids = append(ids, dpi.ID(id)) //nolint:gosec // a registry holds fewer
	}
	slices.SortFunc(ids, func(a, b dpi.ID) int {
		x, y := reg.Protocol(a).Name, reg.Protocol(b).Name
		return cmp.Or(cmp.Compare(strings.ToLower(x), strings.ToLower(y)), cmp.Compare(x, y))
	})
	var b bytes.Buffer
	b.WriteString(head)
	fmt.Fprintf(&b, "## The %d names\n\n", len(ids))
	b.WriteString("| name | nDPI | category | breed | found by | TCP ports | UDP ports | source |\n|---|---|---|---|---|---|---|---|\n")
	for _, id := range ids {
		p := reg.Protocol(id)
		number := ""
		if p.NDPI != 0 {
			number = strconv.Itoa(int(p.NDPI))
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %s | %s |\n", p.Name, number, p.Category, p.Breed, reg.Kind(id),
			ports(p.TCPPorts), ports(p.UDPPorts), strings.ReplaceAll(p.Source, "|", "\\|"))
	}
	b.WriteString("\n## Categories\n\n")
	b.WriteString(strings.Join(dpi.CategoryNames(), ", "))
	b.WriteString(".\n")
	return b.Bytes(), nil
}

func ports(list []uint16) string {
	sorted := slices.Sorted(slices.Values(list))
	words := make([]string, len(sorted))
	for i, port := range sorted {
		words[i] = strconv.Itoa(int(port))
	}
	return strings.Join(words, " ")
}
