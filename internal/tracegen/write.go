package tracegen

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"github.com/gopacket/gopacket"
	"github.com/gopacket/gopacket/layers"
	"github.com/gopacket/gopacket/pcapgo"

	"github.com/flowloom/flowloom/engine/capture"
)

// WritePcap writes frames of one link type as a pcap file with nanoseconds.
func WritePcap(w io.Writer, frames []capture.Frame) error {
	return StreamPcap(w, slices.Values(frames))
}

// StreamPcap is [WritePcap] for frames that do not fit into memory, such as
// those of [Flood].
func StreamPcap(w io.Writer, frames iter.Seq[capture.Frame]) error {
	buf := bufio.NewWriterSize(w, 1<<16)
	pw := pcapgo.NewWriterNanos(buf)
	first := true
	link := layers.LinkTypeEthernet
	for f := range frames {
		if first {
			first, link = false, layers.LinkType(f.Link)
			if err := pw.WriteFileHeader(maxSnapLen, link); err != nil {
				return fmt.Errorf("cannot write the pcap header: %w", err)
			}
		}
		if layers.LinkType(f.Link) != link {
			return fmt.Errorf("cannot write link types %s and %s into one pcap file: use pcapng", link, f.Link)
		}
		if err := pw.WritePacket(captureInfo(f), f.Data); err != nil {
			return fmt.Errorf("cannot write a frame: %w", err)
		}
	}
	if first {
		if err := pw.WriteFileHeader(maxSnapLen, link); err != nil {
			return fmt.Errorf("cannot write the pcap header: %w", err)
		}
	}
	if err := buf.Flush(); err != nil {
		return fmt.Errorf("cannot write the capture: %w", err)
	}
	return nil
}

// WritePcapng writes frames as a pcapng file with nanoseconds and an interface
// ("eth0", "eth1", ...) for each that a frame names.
func WritePcapng(w io.Writer, frames []capture.Frame) error {
	return StreamPcapng(w, slices.Values(frames))
}

// StreamPcapng is [WritePcapng] for frames that do not fit into memory.
// Interfaces are described when they first appear.
func StreamPcapng(w io.Writer, frames iter.Seq[capture.Frame]) error {
	var ng *pcapgo.NgWriter
	known := 0
	for f := range frames {
		for ; known <= int(f.Interface); known++ {
			var err error
			if ng == nil {
				ng, err = pcapgo.NewNgWriterInterface(w, ngInterface(known, f), pcapgo.DefaultNgWriterOptions)
			} else {
				_, err = ng.AddInterface(ngInterface(known, f))
			}
			if err != nil {
				return fmt.Errorf("cannot write a pcapng interface: %w", err)
			}
		}
		if err := ng.WritePacket(captureInfo(f), f.Data); err != nil {
			return fmt.Errorf("cannot write a frame: %w", err)
		}
	}
	if ng == nil {
		return errors.New("cannot write a pcapng file without frames: it would have no interface")
	}
	if err := ng.Flush(); err != nil {
		return fmt.Errorf("cannot write the capture: %w", err)
	}
	return nil
}

const maxSnapLen = 262144

func ngInterface(i int, f capture.Frame) pcapgo.NgInterface {
	return pcapgo.NgInterface{
		Name: fmt.Sprintf("eth%d", i), LinkType: layers.LinkType(f.Link), SnapLength: maxSnapLen, TimestampResolution: 9,
	}
}

func captureInfo(f capture.Frame) gopacket.CaptureInfo {
	return gopacket.CaptureInfo{
		Timestamp:     time.Unix(0, f.Time).UTC(),
		CaptureLength: len(f.Data), Length: int(f.WireLen), InterfaceIndex: int(f.Interface),
	}
}
