package enrich

import (
	"fmt"
	"io"
	"net/netip"
	"strconv"
	"strings"
	"sync"

	"github.com/oschwald/maxminddb-golang/v2"
)

// Location is where an address is, and in whose network. What no database has is
// empty.
type Location struct {
	Country     string // ISO 3166-1 code: "DE"
	CountryName string // in English
	City        string // in English
	ASN         uint32 // autonomous system number
	ASName      string // organisation that runs it
}

// complete reports whether nothing is left to look up.
func (l *Location) complete() bool {
	return l.Country != "" && l.City != "" && l.ASN != 0
}

// add takes what is missing. Code and name of a country, number and name of a
// network come from the same database, so that they agree.
func (l *Location) add(more *Location) {
	if l.Country == "" {
		l.Country, l.CountryName = more.Country, more.CountryName
	}
	if l.City == "" {
		l.City = more.City
	}
	if l.ASN == 0 {
		l.ASN, l.ASName = more.ASN, more.ASName
	}
}

// database is an .mmdb file (MaxMind DB format 2.0) in memory. It is not mapped:
// a file that is overwritten in place would end the process with SIGBUS.
type database struct {
	reader  *maxminddb.Reader
	flat    bool
	records sync.Pool // of *record and *flatRecord, so that a lookup allocates nothing
}

// record is what is of interest in the layout of MaxMind and DB-IP.
type record struct {
	Country    country `maxminddb:"country"`
	Registered country `maxminddb:"registered_country"`
	City       struct {
		Names names `maxminddb:"names"`
	} `maxminddb:"city"`
	ASN    uint32 `maxminddb:"autonomous_system_number"`
	ASName string `maxminddb:"autonomous_system_organization"`
}

type country struct {
	Code  string `maxminddb:"iso_code"`
	Names names  `maxminddb:"names"`
}

type names struct {
	English string `maxminddb:"en"`
}

// flatRecord is the layout of IPinfo: texts side by side. Its "country" is the
// name where there is a "country_code", and the code elsewhere.
type flatRecord struct {
	Country     string `maxminddb:"country"`
	CountryCode string `maxminddb:"country_code"`
	CountryName string `maxminddb:"country_name"`
	City        string `maxminddb:"city"`
	ASN         string `maxminddb:"asn"` // "AS64496"
	ASName      string `maxminddb:"as_name"`
	Name        string `maxminddb:"name"` // of the AS, in its older files
}

func readDatabase(r io.Reader) (*database, faults, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, faults{}, err
	}
	reader, err := maxminddb.OpenBytes(data)
	if err != nil {
		return nil, faults{}, fmt.Errorf("%w: is it an .mmdb file, and complete?", err)
	}
	d := &database{reader: reader, flat: isFlat(reader)}
	d.records.New = func() any { return new(record) }
	if d.flat {
		d.records.New = func() any { return new(flatRecord) }
	}
	return d, faults{}, nil
}

// isFlat tells the layouts apart by the first network that has a country or a
// network's number.
func isFlat(reader *maxminddb.Reader) bool {
	const looks = 1000
	seen := 0
	for result := range reader.Networks() {
		var text string
		if seen++; seen > looks {
			break
		}
		for _, field := range []string{"asn", "country_code", "country"} {
			if result.DecodePath(&text, field) == nil && text != "" {
				return true
			}
		}
		var nested record
		if result.Decode(&nested) == nil && (nested.Country.Code != "" || nested.ASN != 0) {
			break
		}
	}
	return false
}

// find returns what the database says of an address: nothing where it is damaged.
func (d *database) find(a netip.Addr) (Location, error) {
	result := d.reader.Lookup(a)
	if !result.Found() {
		return Location{}, nil
	}
	got := d.records.Get()
	defer d.records.Put(got)
	var l Location
	var err error
	switch r := got.(type) {
	case *record:
		*r = record{}
		err = result.Decode(r)
		l = r.location()
	case *flatRecord:
		*r = flatRecord{}
		err = result.Decode(r)
		l = r.location()
	}
	if err != nil {
		return Location{}, err
	}
	return l, nil
}

func (r *record) location() Location {
	c := r.Country
	if c.Code == "" {
		c = r.Registered
	}
	return Location{Country: c.Code, CountryName: c.Names.English, City: r.City.Names.English, ASN: r.ASN, ASName: r.ASName}
}

func (r *flatRecord) location() Location {
	l := Location{Country: r.Country, CountryName: r.CountryName, City: r.City, ASName: r.ASName}
	if r.CountryCode != "" {
		l.Country, l.CountryName = r.CountryCode, r.Country
	}
	if n, err := strconv.ParseUint(strings.TrimPrefix(r.ASN, "AS"), 10, 32); err == nil {
		l.ASN = uint32(n)
	}
	if l.ASName == "" {
		l.ASName = r.Name
	}
	return l
}
