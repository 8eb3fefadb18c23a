package field

import (
	"math"
	"net/netip"
)

// Value is one attribute of one record: a small union that is passed by pointer
// and reused, so that reading a number or an address allocates nothing.
//
// The zero Value is null. Which accessor is meaningful follows from the field's
// [Kind]; the setters do not check it, [Value.Fits] does (for tests).
type Value struct {
	set  bool
	num  uint64
	addr netip.Addr
	str  string
	list []string
}

// Clear makes v null.
func (v *Value) Clear() {
	if !v.set { // nothing was stored
		return
	}
	// What holds pointers is cleared only where it is set: most values are numbers.
	v.set, v.num = false, 0
	if v.str != "" {
		v.str = ""
	}
	if v.list != nil {
		v.list = nil
	}
	if v.addr.IsValid() {
		v.addr = netip.Addr{}
	}
}

// IsNull reports whether no setter was called since the last Clear.
func (v *Value) IsNull() bool { return !v.set }

// SetBool stores a Bool.
func (v *Value) SetBool(b bool) {
	v.set, v.num = true, 0
	if b {
		v.num = 1
	}
}

// SetUint stores a Uint8, Uint16, Uint32 or Uint64.
func (v *Value) SetUint(n uint64) { v.set, v.num = true, n }

// SetInt stores a Time or Duration in nanoseconds.
func (v *Value) SetInt(n int64) { v.set, v.num = true, uint64(n) } //nolint:gosec // two's complement round trip

// SetFloat stores a Float64.
func (v *Value) SetFloat(f float64) { v.set, v.num = true, math.Float64bits(f) }

// SetString stores a String or, in lower-case colon form, a MAC.
func (v *Value) SetString(s string) { v.set, v.str = true, s }

// SetNonEmpty stores s, or leaves the value null when s is empty.
func (v *Value) SetNonEmpty(s string) {
	if s != "" {
		v.SetString(s)
	}
}

// SetList stores a StringList. The slice is borrowed until the next Clear.
func (v *Value) SetList(l []string) { v.set, v.list = true, l }

// SetAddr stores an IP.
func (v *Value) SetAddr(a netip.Addr) { v.set, v.addr = true, a }

// SetMAC stores a hardware address; the all-zero address is null.
func (v *Value) SetMAC(mac [6]byte) {
	if mac == ([6]byte{}) {
		return
	}
	v.SetUint(uint64(mac[0])<<40 | uint64(mac[1])<<32 | uint64(mac[2])<<24 | uint64(mac[3])<<16 | uint64(mac[4])<<8 | uint64(mac[5]))
}

// Bool returns a Bool.
func (v *Value) Bool() bool { return v.num != 0 }

// Uint returns a Uint8 to Uint64, or the 48 bits of a MAC.
func (v *Value) Uint() uint64 { return v.num }

// Int returns a Time or Duration in nanoseconds.
func (v *Value) Int() int64 { return int64(v.num) } //nolint:gosec // two's complement round trip

// Float returns a Float64.
func (v *Value) Float() float64 { return math.Float64frombits(v.num) }

// Str returns a String.
func (v *Value) Str() string { return v.str }

// List returns a StringList.
func (v *Value) List() []string { return v.list }

// Addr returns an IP.
func (v *Value) Addr() netip.Addr { return v.addr }

const hexDigits = "0123456789abcdef"

// AppendMAC appends a MAC in lower-case colon form.
func (v *Value) AppendMAC(dst []byte) []byte {
	for shift := 40; shift >= 0; shift -= 8 {
		b := byte(v.num >> shift)
		dst = append(dst, hexDigits[b>>4], hexDigits[b&15])
		if shift > 0 {
			dst = append(dst, ':')
		}
	}
	return dst
}
