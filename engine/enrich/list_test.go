package enrich

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFormats reads a line of each form: + is what it lists, - what it does not.
func TestFormats(t *testing.T) {
	t.Parallel()
	const ja3, ja4 = "e7d705a3286e19ea42f587b344ee6865", "t13d1516h2_8daaf6152771_e5627efa2ab1"
	const sha1 = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8"
	for line, want := range map[string]string{
		"198.51.100.7":                        "+198.51.100.7 -198.51.100.8",
		"198.51.100.7 # scanner":              "+198.51.100.7",
		"198.51.100.7#4#2#scanner":            "+198.51.100.7",
		"198.51.100.7\t12":                    "+198.51.100.7",
		"198.51.100.7:443":                    "+198.51.100.7",
		"198.51.100.9/24":                     "+198.51.100.0 +198.51.100.255 -198.51.101.0",
		"198.51.100.0/24 ; SBL123":            "+198.51.100.77 -198.51.101.0",
		"198.51.100.0/24;SBL123":              "+198.51.100.77",
		"2001:db8::/32 ; SBL123":              "+2001:db8::1 -2001:db9::1",
		"::ffff:198.51.100.7":                 "+198.51.100.7",
		"0.0.0.0/8":                           "+0.0.0.1",
		"127.0.0.1":                           "+127.0.0.1",
		`{"cidr":"198.51.100.0/24","a":1}`:    "+198.51.100.77",
		"0.0.0.0 bad.example":                 "+bad.example -www.bad.example -0.0.0.0",
		"127.0.0.1\ta.example B.example. # x": "+a.example +b.example +B.EXAMPLE.",
		"::1 bad.example":                     "+bad.example -::1",
		"127.0.0.1 localhost bad.example":     "+bad.example -127.0.0.1",
		"0.0.0.0 ip6-x.example":               "+ip6-x.example",
		"0.0.0.0 localhost.bad.example":       "+localhost.bad.example",
		"[2001:db8::1]:443":                   "+2001:db8::1",
		"198.51.100.7 scanner":                "+198.51.100.7",
		"bad.example":                         "+bad.example +www.bad.example -notbad.example -example",
		"bad.example # why, and how":          "+bad.example",
		"Bad.Example.":                        "+bad.example",
		"*.bad.example":                       "+www.bad.example +bad.example",
		".bad.example":                        "+www.bad.example +bad.example",
		"*.example":                           "+www.bad.example",
		"||bad.example^":                      "+www.bad.example",
		"a_b.bad-c.example":                   "+a_b.bad-c.example",
		`"2026-01-02 10:00:00","198.51.100.7","443","online"`: "+198.51.100.7 -443",
		"2026-01-02 10:00:00,198.51.100.7,443":                "+198.51.100.7",
		"198.51.100.7,443,x.example":                          "+198.51.100.7 -x.example",
		"2026-01-02 10:00:00," + sha1 + ",C&C":                "+" + sha1,
		ja3:                                                   "+" + ja3 + " +" + strings.ToUpper(ja3),
		ja3 + ",2017-07-14,x":                                 "+" + ja3,
		ja4 + " # a browser":                                  "+" + ja4 + " -" + ja4[1:],
		"5B:AA:61:E4:C9:B9:3F:3F:06:82:25:0B:6C:F8:33:1B:7E:E6:8F:D8": "+" + sha1 + " -" + ja3,
	} {
		e := openList(t, line)
		require.Zero(t, e.Counters()[0].Value, line)
		for _, question := range strings.Fields(want) {
			expected := ""
			if question[0] == '+' {
				expected = "bad"
			}
			assert.Equal(t, expected, ask(e, question[1:]), "%s in %s", question, line)
		}
	}
}

// ask looks a text up as whatever it is.
func ask(e *Enricher, what string) string {
	if p, ok := parseNetwork(what); ok {
		return listNames(e.Address(p.Addr()).Lists)
	}
	return listNames(append(e.Name(what).Lists, e.Fingerprint(what)...))
}

func TestRemarks(t *testing.T) {
	t.Parallel()
	e := openList(t, "\ufeff# list\r", "", "; x", "! x", "// x", "[Adblock Plus 2.0]", "127.0.0.1 localhost", "0.0.0.0 0.0.0.0",
		"127.0.0.1 localhost.localdomain", "127.0.0.1 local", "::1 localhost ip6-localhost", "255.255.255.255 broadcasthost",
		"fe80::1%lo0 localhost", "fe00::0 ip6-localnet", "ff02::1 ip6-allnodes", "::1 localhost6.localdomain6", `{"type":"metadata","records":0}`)
	for _, counter := range e.Counters()[:2] {
		assert.Zero(t, counter.Value, counter.Name)
	}
	assert.Equal(t, list{listed: e.current.Load().lists[0].listed}, *e.current.Load().lists[0], "nothing is listed")
}

func TestNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"bad", "0.0.0.0/0", "::/0", "1.2.3", "300.1.2.3", "a..example", "-", "bad.example evil", "example.com##.banner",
		"||bad.example^$third-party", "||bad.example", "@@||good.example^", "https://bad.example/x", "bad.example,www.bad.example",
		"192.0.2.1 bad.example", "192.0.2.0 192.0.2.255 24", "192.0.2.0-192.0.2.9", "dst_ip,dst_port", "*bad.example", "bad.123",
		strings.Repeat("a", 64) + ".example", strings.Repeat("a.", 127) + "example", "bad.exämple", "{}", "\x00\x01", "_a_b",
		"t13d1516h2_8daaf6152771", "." + strings.Repeat("x", maxLine),
	} {
		_, _, err := readList(strings.NewReader(line), List{Path: "bad.txt"}, 9)
		assert.ErrorIs(t, err, errNotUnderstood, line)
	}
}

func TestFaultsAreCounted(t *testing.T) {
	t.Parallel()
	text := "192.0.2.1\nwhat is this?\n192.0.2.2\n" + strings.Repeat("x", 3*maxLine) + "\n192.0.2.3\n192.0.2.4\n"
	var log strings.Builder
	e := open(t, Config{Lists: []List{{Path: write(t, "bad.txt", text)}}, MaxEntries: 3, Log: textLog(&log)})
	c := e.Counters()
	assert.Equal(t, uint64(2), c[0].Value)
	assert.Equal(t, uint64(1), c[1].Value)
	assert.Contains(t, log.String(), "lines=2")
	assert.Contains(t, log.String(), "[2 4]")
	assert.Contains(t, log.String(), "dropped=1 limit=3")
	assert.Equal(t, "bad", ask(e, "192.0.2.3"))
	assert.Empty(t, ask(e, "192.0.2.4"))
}

func TestListNames(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{"/x/drop.txt": "drop", "hosts": "hosts", "/x/.blocked": ".blocked"} {
		assert.Equal(t, want, List{Path: path}.listed().List)
	}
}

func TestColumns(t *testing.T) {
	t.Parallel()
	assert.Equal(t, []string{"a", `b "c", d`, "e"}, columns(`a, "b ""c"", d" ,e,f`, 3))
	assert.Equal(t, []string{"a", "open, " + `"`}, columns(`a,"open, ""`, 9))
	assert.Equal(t, []string{"", ""}, columns(",", 9))
}

// TestHalfUnderstood takes what is right of a line, and reports it.
func TestHalfUnderstood(t *testing.T) {
	t.Parallel()
	e := openList(t, "0.0.0.0 bad.example worse..example")
	assert.Equal(t, uint64(1), e.Counters()[0].Value)
	assert.Equal(t, "bad", ask(e, "bad.example"))
}

// TestMostSpecificFirst has an entry of each length in lists of their own.
func TestMostSpecificFirst(t *testing.T) {
	t.Parallel()
	var lists []List
	for name, text := range map[string]string{
		"wide":  "198.51.0.0/16\nexample",
		"exact": "198.51.100.7\n0.0.0.0 www.bad.example",
		"mid":   "198.51.100.0/24\n*.bad.example",
	} {
		if name == "wide" {
			text = strings.Replace(text, "example", "*.example", 1)
		}
		lists = append(lists, List{Path: write(t, "x.txt", text), Name: name, Category: "of " + name})
	}
	e := open(t, Config{Lists: lists})
	for what, want := range map[string]string{
		"198.51.100.7":      "exact",
		"198.51.100.8":      "mid",
		"198.51.8.8":        "wide",
		"www.bad.example":   "exact",
		"a.www.bad.example": "mid",
		"good.example":      "wide",
	} {
		got := ask(e, what)
		assert.True(t, strings.HasPrefix(got, want), "%s: %s", what, got)
	}
	assert.Len(t, e.Name("www.bad.example").Lists, 3)
	assert.Len(t, e.Address(addr("::ffff:198.51.100.7")).Lists, 3)
	assert.Equal(t, []Listed{{List: "wide", Category: "of wide"}}, e.Address(addr("198.51.8.8")).Lists)
	assert.Empty(t, e.Name("").Lists)
	assert.Empty(t, e.Name(strings.Repeat("a", 300)).Lists)
}
