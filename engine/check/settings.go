package check

import (
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Settings are one check's part of the configuration.
type Settings struct {
	// Enabled is nil where the check's own default counts.
	Enabled *bool `yaml:"enabled,omitempty"`
	// Score replaces the score of the check's findings; 0 leaves it to the check.
	Score uint8 `yaml:"score,omitempty"`
	// Exclude keeps the check from what is known to be harmless.
	Exclude Exclude `yaml:"exclude,omitempty"`
	// Params are the check's own: numbers, texts, booleans, lists of texts.
	Params map[string]any `yaml:",inline"`
}

// Exclude lists subjects that a check does not look at.
type Exclude struct {
	// Hosts are addresses and networks: hosts, flows with such a client or server, and
	// local networks within them.
	Hosts []string `yaml:"hosts,omitempty"`
	// Domains are server names of flows and names of hosts and networks; those below
	// them count.
	Domains []string `yaml:"domains,omitempty"`

	nets    []netip.Prefix
	domains []string
}

// Config holds the settings of all checks by name.
type Config struct {
	Checks map[string]*Settings `yaml:"checks"`
}

// LoadConfig reads a configuration file (YAML).
func LoadConfig(path string) (*Config, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read the settings of checks: %w", err)
	}
	c, err := ParseConfig(text)
	if err != nil {
		return nil, fmt.Errorf("cannot use %s: %w", path, err)
	}
	return c, nil
}

// ParseConfig reads a configuration.
func ParseConfig(text []byte) (*Config, error) {
	var c Config
	d := yaml.NewDecoder(strings.NewReader(string(text)))
	d.KnownFields(true)
	if err := d.Decode(&c); err != nil && !errors.Is(err, io.EOF) { // nothing is set
		return nil, fmt.Errorf("cannot read the settings of checks: %s", inOurWords(err))
	}
	for name, s := range c.Checks {
		if s == nil {
			c.Checks[name] = &Settings{}
			continue
		}
		if err := s.Exclude.Parse(); err != nil {
			return nil, fmt.Errorf("cannot set up check %s: %w", name, err)
		}
	}
	return &c, nil
}

var unknownSetting = regexp.MustCompile(`field (\S+) not found in type \S+`)

// inOurWords tells an error of YAML without the names of Go's types.
func inOurWords(err error) string {
	text := unknownSetting.ReplaceAllString(err.Error(), `there is no setting "$1" here`)
	return strings.NewReplacer("yaml: unmarshal errors:\n  ", "", "into uint8", "into a score of 0 to 255").Replace(text)
}

// Parse reads the addresses and networks of hosts, and the domains: *.example.com is
// example.com, too.
func (e *Exclude) Parse() error {
	e.nets, e.domains = nil, nil
	for _, d := range e.Domains {
		plain := strings.Trim(strings.TrimPrefix(d, "*"), ".")
		if plain == "" || strings.Contains(plain, "*") {
			return fmt.Errorf("cannot exclude %q: it is no domain, such as example.com", d)
		}
		e.domains = append(e.domains, plain)
	}
	for _, h := range e.Hosts {
		net, err := netip.ParsePrefix(h)
		if err != nil {
			addr, bad := netip.ParseAddr(h)
			if bad != nil {
				return fmt.Errorf("cannot exclude %q: neither an address nor a network", h)
			}
			net = netip.PrefixFrom(addr, addr.BitLen())
		}
		e.nets = append(e.nets, net)
	}
	return nil
}

func (e *Exclude) addr(a netip.Addr) bool {
	return slices.ContainsFunc(e.nets, func(n netip.Prefix) bool { return n.Contains(a) })
}

func (e *Exclude) prefix(p netip.Prefix) bool {
	return slices.ContainsFunc(e.nets, func(n netip.Prefix) bool { return n.Bits() <= p.Bits() && n.Contains(p.Addr()) })
}

func (e *Exclude) name(name string) bool {
	return slices.ContainsFunc(e.domains, func(d string) bool {
		above := len(name) - len(d)
		return above >= 0 && strings.EqualFold(name[above:], d) && (above == 0 || name[above-1] == '.')
	})
}

func (e *Exclude) empty() bool { return len(e.nets) == 0 && len(e.domains) == 0 }

// Merge returns the settings with the defaults of info's parameters filled in. A
// parameter that the check does not have, or of another type, is an error: most often
// a slip of the pen.
func (s Settings) Merge(info *Info) (Settings, error) {
	params := make(map[string]any, len(info.Params))
	for _, p := range info.Params {
		params[p.Name] = p.Default
	}
	for name, v := range s.Params {
		old, known := params[name]
		if !known {
			return s, fmt.Errorf("cannot set %s of check %s: it has %s", name, info.Name, paramNames(info))
		}
		v = plain(v)
		if fmt.Sprintf("%T", v) != fmt.Sprintf("%T", plain(old)) {
			return s, fmt.Errorf("cannot set %s of check %s to %v: it is %s, as in its default %v", name, info.Name, v, kindOf(old), old)
		}
		params[name] = v
	}
	for name, v := range params {
		params[name] = plain(v)
	}
	s.Params = params
	return s, nil
}

// kindOf names the kind of a parameter.
func kindOf(v any) string {
	switch plain(v).(type) {
	case float64:
		return "a number"
	case bool:
		return "true or false"
	case []string:
		return "a list"
	default:
		return "a text"
	}
}

func paramNames(info *Info) string {
	if len(info.Params) == 0 {
		return "no parameters"
	}
	names := make([]string, len(info.Params))
	for i, p := range info.Params {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// plain brings a value to one of float64, string, bool and []string.
func plain(v any) any {
	switch v := v.(type) {
	case int:
		return float64(v)
	case int64:
		return float64(v)
	case uint64:
		return float64(v)
	case []any:
		list := make([]string, len(v))
		for i, x := range v {
			list[i] = fmt.Sprint(x)
		}
		return list
	default:
		return v
	}
}

// Number returns a parameter that is a number.
func (s *Settings) Number(name string) float64 {
	n, _ := s.Params[name].(float64)
	return n
}

// Text returns a parameter that is a text.
func (s *Settings) Text(name string) string {
	t, _ := s.Params[name].(string)
	return t
}

// List returns a parameter that is a list.
func (s *Settings) List(name string) []string {
	l, _ := s.Params[name].([]string)
	return l
}
