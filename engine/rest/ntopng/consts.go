package ntopng

import (
	"slices"
	"strconv"
	"strings"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/dpi"
	"github.com/flowloom/flowloom/engine/packet"
)

func (s *server) severities(*request) (any, error) {
	rows := []map[string]any{{"severity": "none", "id": 0}, {"severity": "debug", "id": 1}}
	for _, v := range []alert.Severity{alert.Info, alert.Notice, alert.Warning, alert.Error, alert.Critical, alert.Emergency} {
		rows = append(rows, map[string]any{"severity": v.String(), "id": uint8(v)})
	}
	return rows, nil
}

func (s *server) applications(*request) (any, error) {
	rows := []map[string]any{}
	s.eachProtocol(func(p *dpi.Protocol) {
		rows = append(rows, map[string]any{"name": p.Name, "appl_id": p.NDPI, "cat_id": p.Category.Number()})
	})
	return rows, nil
}

func (s *server) categories(*request) (any, error) {
	type app struct {
		Name string `json:"name"`
		ID   string `json:"id"`
	}
	of := make(map[string][]app)
	s.eachProtocol(func(p *dpi.Protocol) {
		name := p.Category.String()
		of[name] = append(of[name], app{p.Name, strconv.Itoa(int(p.NDPI))})
	})
	rows := []map[string]any{}
	for _, name := range dpi.CategoryNames() {
		category, _ := dpi.CategoryByName(name)
		list := of[name]
		if list == nil {
			list = []app{}
		}
		rows = append(rows, map[string]any{"name": name, "cat_id": category.Number(), "app_list": list})
	}
	return rows, nil
}

// eachProtocol goes through the protocols that have a number.
func (s *server) eachProtocol(yield func(*dpi.Protocol)) {
	if s.Protocols == nil {
		return
	}
	for name := range sorted(s.Protocols.Numbers()) {
		if id, ok := s.Protocols.Lookup(name); ok {
			yield(s.Protocols.Protocol(id))
		}
	}
}

// sorted yields the keys in order.
func sorted[V any](m map[string]V) func(func(string) bool) {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return slices.Values(keys)
}

func (s *server) l4Protocols(*request) (any, error) {
	rows := []map[string]any{}
	for proto := range 256 {
		name := packet.ProtoName(uint8(proto)) //nolint:gosec // below 256
		if name == strconv.Itoa(proto) {
			continue // it has no common name
		}
		rows = append(rows, map[string]any{"name": name, "other": strings.ToLower(name), "id": proto})
	}
	return rows, nil
}
