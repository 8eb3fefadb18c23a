package tracegen

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"fmt"
	"io"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"
)

// recordings holds conversations that libraries do not repeat: quic-go packs
// frames into datagrams as its goroutines happen to run, and a scenario must
// always have the same number of packets. Each is the only flow of its file.
// Make one anew with "maketrace -scenario http3 -o recorded/http3.pcap".
//
//go:embed recorded/*.pcap
var recordings embed.FS

// Recorded replays the datagrams of a recorded conversation: "http3", a visit to
// video.example.com by quic-go.
func Recorded(name string) Exchange {
	return func(context.Context) ([]Message, error) {
		file, err := recordings.ReadFile("recorded/" + name + ".pcap")
		if err != nil {
			return nil, fmt.Errorf("cannot find the recording %q: %w", name, err)
		}
		messages, err := datagramsOf(file)
		if err != nil {
			return nil, fmt.Errorf("cannot read the recording %q: %w", name, err)
		}
		return messages, nil
	}
}

// datagramsOf returns the UDP payloads of a pcap file. The first sender is the
// client.
func datagramsOf(file []byte) ([]Message, error) {
	r, err := pcapgo.NewReader(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	var out []Message
	var clientPort layers.UDPPort
	for {
		data, _, err := r.ReadPacketData()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		pkt := gopacket.NewPacket(data, r.LinkType(), gopacket.NoCopy)
		udp, ok := pkt.Layer(layers.LayerTypeUDP).(*layers.UDP)
		if !ok {
			return nil, errors.New("a frame holds no UDP")
		}
		if len(out) == 0 {
			clientPort = udp.SrcPort
		}
		out = append(out, Message{FromServer: udp.SrcPort != clientPort, Data: udp.Payload})
	}
}
