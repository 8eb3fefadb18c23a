package afpacket

import (
	"errors"
	"fmt"
	"io/fs"
	"sync/atomic"
	"unsafe"

	"golang.org/x/net/bpf"
	"golang.org/x/sys/unix"

	"github.com/flowloom/flowloom/engine/capture"
)

// ring is a packet socket with its memory.
type ring struct {
	reading
	fd     int
	memory []byte
	next   int // the block to be read next
}

// newRing makes a ring that takes no frames yet.
func newRing(kind reading, bytes int) (*ring, error) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if errors.Is(err, unix.EPERM) || errors.Is(err, unix.EACCES) {
		return nil, errDenied
	}
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller names the interface
	}
	r := &ring{reading: kind, fd: fd}
	if err := r.setUp(bytes); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

var errDenied = fmt.Errorf("%w: this takes a right: become root, or give it to the program once: setcap cap_net_raw,cap_net_admin+ep flowloom", fs.ErrPermission)

func (r *ring) setUp(bytes int) error {
	if err := r.attach(none()); err != nil {
		return err
	}
	if err := unix.SetsockoptInt(r.fd, unix.SOL_PACKET, unix.PACKET_VERSION, unix.TPACKET_V3); err != nil {
		return fmt.Errorf("the kernel has no TPACKET_V3: %w", err)
	}
	blocks := bytes / blockSize
	req := unix.TpacketReq3{
		Block_size: blockSize, Block_nr: uint32(blocks), Frame_size: blockSize, Frame_nr: uint32(blocks), //nolint:gosec // below maxRing
		Retire_blk_tov: uint32(retire.Milliseconds()),
	}
	if err := unix.SetsockoptTpacketReq3(r.fd, unix.SOL_PACKET, unix.PACKET_RX_RING, &req); err != nil {
		return fmt.Errorf("the kernel gives no ring of %d MiB: %w", bytes>>20, err)
	}
	var err error
	if r.memory, err = unix.Mmap(r.fd, 0, blocks*blockSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err != nil {
		return fmt.Errorf("the ring cannot be mapped: %w", err)
	}
	return nil
}

// bind takes the frames of an interface.
func (r *ring) bind(index int, promiscuous bool) error {
	all := &unix.SockaddrLinklayer{Protocol: uint16(unix.ETH_P_ALL<<8&0xff00 | unix.ETH_P_ALL>>8), Ifindex: index}
	if err := unix.Bind(r.fd, all); err != nil {
		return fmt.Errorf("it cannot be bound: %w", err)
	}
	if promiscuous {
		mode := &unix.PacketMreq{Ifindex: int32(index), Type: unix.PACKET_MR_PROMISC} //nolint:gosec // small
		if err := unix.SetsockoptPacketMreq(r.fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, mode); err != nil {
			return fmt.Errorf("it cannot be made promiscuous: %w", err)
		}
	}
	return nil
}

// found makes a group of the ring that others can join, and returns its number: the kernel's
// first is 0.
func (r *ring) found() (group int, err error) {
	if err := r.fanOut(unix.PACKET_FANOUT_FLAG_UNIQUEID << 16); err != nil {
		return 0, err
	}
	id, err := unix.GetsockoptInt(r.fd, unix.SOL_PACKET, unix.PACKET_FANOUT)
	if err != nil {
		return 0, errShare(err)
	}
	return id & 0xffff, nil
}

// join has the ring share the frames of a group.
func (r *ring) join(group int) error { return r.fanOut(group) }

func errShare(err error) error {
	return fmt.Errorf("rings cannot share its frames: %w; use one ring", err)
}

// fanOut joins a group, the number with flags above it. Frames go by the
// hash of their flow, blind to direction. Fragments are not put together: they go by their
// addresses, so those of a datagram keep together, and the reader wants what was on the
// wire. A full ring drops: that another one helps out (PACKET_FANOUT_FLAG_ROLLOVER) would
// tear flows apart, also now and then when there is room.
func (r *ring) fanOut(group int) error {
	if err := unix.SetsockoptInt(r.fd, unix.SOL_PACKET, unix.PACKET_FANOUT, group|unix.PACKET_FANOUT_HASH<<16); err != nil {
		return errShare(err)
	}
	return nil
}

// attach has the kernel run a program on each frame, which says how many bytes to keep.
func (r *ring) attach(program []bpf.RawInstruction) error {
	code := make([]unix.SockFilter, len(program))
	for i, in := range program {
		code[i] = unix.SockFilter{Code: in.Op, Jt: in.Jt, Jf: in.Jf, K: in.K}
	}
	prog := &unix.SockFprog{Len: uint16(len(code)), Filter: &code[0]} //nolint:gosec // programs are short
	if err := unix.SetsockoptSockFprog(r.fd, unix.SOL_SOCKET, unix.SO_ATTACH_FILTER, prog); err != nil {
		return fmt.Errorf("the filter cannot be attached: %w", err)
	}
	return nil
}

// first takes so many bytes of every frame.
func first(bytes uint32) []bpf.RawInstruction {
	return []bpf.RawInstruction{{Op: unix.BPF_RET | unix.BPF_K, K: bytes}}
}

// none takes no frame at all.
func none() []bpf.RawInstruction { return first(0) }

// waiting returns the next block if the kernel has filled it, else nil.
func (r *ring) waiting() []byte {
	block := r.memory[r.next*blockSize:][:blockSize]
	if atomic.LoadUint32(status(block))&unix.TP_STATUS_USER == 0 {
		return nil
	}
	return block
}

// take appends the frames of the block that waits, and gives it back to the kernel.
func (r *ring) take(b *capture.Batch, block []byte) {
	r.frames(b, block)
	atomic.StoreUint32(status(block), unix.TP_STATUS_KERNEL)
	r.next = (r.next + 1) % (len(r.memory) / blockSize)
}

// status is what kernel and reader hand a block over by.
func status(block []byte) *uint32 {
	return (*uint32)(unsafe.Pointer(&block[blockStatus])) //nolint:gosec // aligned, and shared with the kernel
}

// drops counts the frames that the kernel had no room for since the last call.
func (r *ring) drops() uint64 {
	stats, err := unix.GetsockoptTpacketStatsV3(r.fd, unix.SOL_PACKET, unix.PACKET_STATISTICS)
	if err != nil {
		return 0
	}
	return uint64(stats.Drops)
}

// forget takes note of the error that the socket reports, as when an interface goes away.
func (r *ring) forget() error {
	code, err := unix.GetsockoptInt(r.fd, unix.SOL_SOCKET, unix.SO_ERROR)
	if err != nil || code == 0 {
		return err //nolint:wrapcheck // looked at by type
	}
	return unix.Errno(code) //nolint:gosec // an errno
}

func (r *ring) close() {
	if r.memory != nil {
		_ = unix.Munmap(r.memory) // nothing can be done about it
	}
	_ = unix.Close(r.fd)
}
