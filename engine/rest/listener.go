package rest

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

// listener is a client that is told what happens, as events of the HTML standard (server-sent
// events, section 9.2).
type listener struct {
	mu     sync.Mutex // the engine writes, too
	unsent bytes.Buffer
	missed uint64
	id     uint64
	topics map[string]*topic // what the client has asked for
}

// topic writes the rows of a scope that meet conditions.
type topic struct {
	event   string
	line    bytes.Buffer
	json    *codec.JSON
	matches []codec.Match
	scratch field.Value
}

// topicNames are what can be listened to.
func topicNames() []string { return []string{"alerts", "flows", "hosts"} }

func topicScope(name string) (field.Scope, bool) {
	scope, ok := map[string]field.Scope{"flows": field.Flow, "alerts": field.Alert, "hosts": field.Host}[name]
	return scope, ok
}

// newListener reads what a client wants to know: topics, and columns of and conditions on
// fields that all of them have.
func newListener(raw string) (*listener, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, fmt.Errorf("cannot read the query: %w", err)
	}
	names, columns := listed(query, "topics"), listed(query, "columns")
	if len(names) == 0 {
		names = topicNames()
	}
	l := &listener{topics: make(map[string]*topic)}
	for _, name := range names {
		l.topics[name], err = newTopic(name, columns, query)
		if err != nil && len(names) > 1 {
			err = fmt.Errorf("%w; choose with topics=flows, alerts or hosts which events to hear of", err)
		}
		if err != nil {
			return nil, err
		}
	}
	return l, nil
}

func newTopic(name string, columns []string, conditions url.Values) (*topic, error) {
	scope, ok := topicScope(name)
	if !ok {
		return nil, fmt.Errorf("cannot tell of %q: the topics are %s", name, strings.Join(topicNames(), ", "))
	}
	cols, err := codec.Select(scope, columns)
	if err != nil {
		return nil, err //nolint:wrapcheck // it says what it is about
	}
	t := &topic{event: strings.TrimSuffix(name, "s")}
	t.json = codec.NewJSON(&t.line, cols)
	for key, values := range conditions {
		for _, value := range values {
			m, err := codec.ParseMatch(scope, key, value)
			if err != nil {
				return nil, err //nolint:wrapcheck // it says what it is about
			}
			t.matches = append(t.matches, m)
		}
	}
	return t, nil
}

// listed takes the values of a parameter, which commas separate, out of a query.
func listed(query url.Values, name string) []string {
	all := strings.FieldsFunc(strings.Join(query[name], ","), func(r rune) bool { return r == ',' })
	delete(query, name)
	return all
}

// tell adds an event, or counts it if the client reads too slowly.
func (l *listener) tell(name string, r codec.Row) {
	l.mu.Lock()
	defer l.mu.Unlock()
	t := l.topics[name]
	if slices.ContainsFunc(t.matches, func(m codec.Match) bool { return !m.Holds(r, &t.scratch) }) {
		return
	}
	if l.unsent.Len() > maxUnsent {
		l.missed++
		return
	}
	t.line.Reset()
	_ = t.json.Write(r) // into memory
	_ = t.json.Flush()
	l.id++
	fmt.Fprintf(&l.unsent, "event: %s\nid: %d\ndata: %s\n", t.event, l.id, t.line.Bytes()) // the object ends its line
}

// miss counts events that were never seen.
func (l *listener) miss(n uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.missed += n
}

// take moves what is to be sent.
func (l *listener) take(to *bytes.Buffer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	to.Reset()
	_, _ = l.unsent.WriteTo(to)
	if l.missed > 0 {
		fmt.Fprintf(to, "event: missed\ndata: {\"events\":%d}\n\n", l.missed)
		l.missed = 0
	}
}
