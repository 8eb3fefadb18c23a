package afpacket

import (
	"errors"
	"fmt"
	"net"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"github.com/flowloom/flowloom/engine/packet"
)

// port is an interface with its rings.
type port struct {
	reading
	name    string
	cfg     Config
	program []bpf.RawInstruction
	rings   []*ring
	index   int // the interface's, which changes when it comes back
	dropped uint64
	// away is set while there is no interface of the name, or it is down.
	away bool
}

// open starts to capture on an interface.
func open(name string, place int, cfg *Config) (*port, error) {
	p := &port{name: name, cfg: *cfg}
	p.iface = uint16(place) //nolint:gosec // few interfaces
	err := p.kind()
	if err == nil {
		err = p.filter()
	}
	if err == nil {
		err = p.connect()
	}
	if err != nil {
		p.close()
		return nil, fmt.Errorf("cannot capture on %s: %w", name, err)
	}
	return p, nil
}

// kind finds the link type from the interface's hardware type (linux/if_arp.h).
func (p *port) kind() error {
	req, err := unix.NewIfreq(p.name)
	if err != nil {
		return fmt.Errorf("this is no name of an interface: %w", err)
	}
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err //nolint:wrapcheck // the caller names the interface
	}
	defer unix.Close(fd) //nolint:errcheck // it was only asked
	if err := unix.IoctlIfreq(fd, unix.SIOCGIFHWADDR, req); err != nil {
		if errors.Is(err, unix.ENODEV) {
			return fmt.Errorf("there is no such interface; there are %s", names())
		}
		return fmt.Errorf("its hardware type is unknown: %w", err)
	}
	switch hardware := req.Uint16(); hardware {
	case unix.ARPHRD_ETHER:
		p.link = packet.LinkEthernet
	case unix.ARPHRD_LOOPBACK:
		p.link, p.once = packet.LinkEthernet, true
	case unix.ARPHRD_NONE, unix.ARPHRD_PPP, unix.ARPHRD_TUNNEL, unix.ARPHRD_TUNNEL6, unix.ARPHRD_SIT, unix.ARPHRD_RAWIP:
		p.link = packet.LinkRaw
	case unix.ARPHRD_IEEE80211_RADIOTAP:
		p.link = packet.LinkRadiotap
	default:
		return fmt.Errorf("frames of hardware type %d are not understood", hardware)
	}
	return nil
}

// filter decides what the kernel is to keep of which frames. A program that it cannot run
// is left to the reader.
func (p *port) filter() error {
	keep := uint32(p.cfg.SnapLen) //nolint:gosec // below maxSnapLen
	p.program = first(keep)
	if p.cfg.Filter == nil {
		return nil
	}
	f, err := p.cfg.Filter(p.link)
	if err != nil {
		return err
	}
	if program, err := f.Kernel(keep, p.link == packet.LinkEthernet); err == nil {
		p.program = program
	} else {
		p.match = f
	}
	return nil
}

// connect makes the rings. They take frames only when all share the work, or each
// would get every frame until the next one comes.
func (p *port) connect() error {
	for range p.cfg.Rings {
		r, err := newRing(p.reading, p.cfg.Ring/p.cfg.Rings)
		if err != nil {
			return err
		}
		p.rings = append(p.rings, r)
	}
	if err := p.bind(); err != nil {
		return err
	}
	if err := p.share(); err != nil {
		return err
	}
	for _, r := range p.rings {
		if err := r.attach(p.program); err != nil {
			return err
		}
	}
	return nil
}

// share divides the frames among the rings.
func (p *port) share() error {
	if len(p.rings) == 1 {
		return nil
	}
	group, err := p.rings[0].found()
	if err != nil {
		return err
	}
	for _, r := range p.rings[1:] {
		if err := r.join(group); err != nil {
			return err
		}
	}
	return nil
}

// bind takes frames of the interface that has the name now.
func (p *port) bind() error {
	i, err := net.InterfaceByName(p.name)
	if err != nil {
		return fmt.Errorf("it is not there: %w", err)
	}
	for _, r := range p.rings {
		if err := r.bind(i.Index, !p.cfg.Quiet && i.Index != p.index); err != nil {
			return err
		}
	}
	p.index = i.Index
	return nil
}

// seek looks whether the interface is back. One ring can be bound to the one that has the
// name now, without new rights. Several cannot leave the interface that they share: if it
// was another one, they are made anew. The error is final.
func (p *port) seek() error {
	i, err := net.InterfaceByName(p.name)
	switch {
	case err != nil:
		return nil //nolint:nilerr // it is still away
	case len(p.rings) == 1:
		if p.bind() != nil {
			return nil //nolint:nilerr // it went away again
		}
	case i.Index != p.index:
		p.close()
		if err := p.connect(); err != nil {
			p.close()
			if now, gone := net.InterfaceByName(p.name); gone != nil || now.Index != i.Index || now.Flags&net.FlagUp == 0 {
				return nil //nolint:nilerr // it went away again, or is not up yet
			}
			return fmt.Errorf("cannot capture on %s, which came back: %w; with one ring this takes no new rights", p.name, err)
		}
	}
	p.away = false
	for _, r := range p.rings {
		p.away = r.forget() != nil || p.away
	}
	return nil
}

// lost notes that a ring reported an error; the interface being away is none.
func (p *port) lost(r *ring) error {
	err := r.forget()
	if err != nil && !errors.Is(err, unix.ENETDOWN) && !errors.Is(err, unix.ENODEV) && !errors.Is(err, unix.ENXIO) {
		return fmt.Errorf("cannot capture on %s any more: %w", p.name, err)
	}
	p.away = true
	return nil
}

// drops counts the frames that the kernel had no room for.
func (p *port) drops() uint64 {
	for _, r := range p.rings {
		p.dropped += r.drops()
	}
	return p.dropped
}

func (p *port) close() {
	p.drops()
	for _, r := range p.rings {
		r.close()
	}
	p.rings, p.index = nil, 0
}
