package flow

import (
	"github.com/flowloom/flowloom/engine/enrich"
	"github.com/flowloom/flowloom/engine/field"
)

// Where says on which side of the border of the local networks an address is. The numbers
// after Nowhere are ntopng's, plus 1.
type Where uint8

// The places.
const (
	Nowhere Where = iota // not looked up
	Remote
	Local
	Multicast // a group or broadcast address
)

var whereNames = [...]string{"", "remote", "local", "multicast"}

// String returns the name as it stands in cli_location ("local").
func (w Where) String() string { return whereNames[w] }

// Place is where one side of a flow is.
type Place struct {
	Where Where
	// About is what the user's files say of the address, nil for nothing.
	About *enrich.AddressInfo
}

// Locate notes where the sides of a flow are: client, then server.
func (r *Record) Locate(client, server Place) {
	r.where = [2]Where{client.Where, server.Where}
	about := [2]*enrich.AddressInfo{client.About, server.About}
	switch {
	case about == [2]*enrich.AddressInfo{}:
		r.about = nil
	case r.about == nil || *r.about != about: // copies of the record may have the old ones
		own := about // which alone is allocated
		r.about = &own
	}
}

// Local reports which sides of the flow are in local networks. Groups and broadcasts count
// as local; a flow that was not looked up has no local side.
func (r *Record) Local() (client, server bool) {
	return r.where[FromClient] >= Local, r.where[FromServer] >= Local
}

// placeFillers fill where each side is.
func placeFillers(prefix string, side int) map[string]filler {
	about := func(set func(v *field.Value, about *enrich.AddressInfo)) filler {
		return func(r *Record, v *field.Value) {
			if r.about != nil && r.about[side] != nil {
				set(v, r.about[side])
			}
		}
	}
	return map[string]filler{
		prefix + "location": func(r *Record, v *field.Value) { v.SetNonEmpty(r.where[side].String()) },
		prefix + "country":  about(func(v *field.Value, a *enrich.AddressInfo) { v.SetNonEmpty(a.Country) }),
		prefix + "asn":      about(func(v *field.Value, a *enrich.AddressInfo) { setNonZero(v, uint64(a.ASN)) }),
		prefix + "network":  about(func(v *field.Value, a *enrich.AddressInfo) { v.SetNonEmpty(a.Network) }),
	}
}
