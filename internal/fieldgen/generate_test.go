package main

import (
	"bytes"
	"encoding/json"
	"math"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
)

const docs = "../../docs"

// TestGeneratedDocsAreCurrent fails when the catalogue changed and
// `go generate ./engine/field` was not run.
func TestGeneratedDocsAreCurrent(t *testing.T) {
	t.Parallel()
	files, err := generate()
	require.NoError(t, err)
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(docs, filepath.FromSlash(name)))
		require.NoError(t, err, "run go generate ./engine/field")
		require.True(t, bytes.Equal(want, got), "docs/%s is not current: run go generate ./engine/field", name)
	}
	onDisk, err := filepath.Glob(filepath.Join(docs, "schema", "*"))
	require.NoError(t, err)
	require.Len(t, onDisk, len(files)-5, "docs/schema holds a file that nothing generates")
}

func TestOutputIsDeterministic(t *testing.T) {
	t.Parallel()
	first, err := generate()
	require.NoError(t, err)
	second, err := generate()
	require.NoError(t, err)
	require.Equal(t, first, second)
}

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	require.NoError(t, write(filepath.Join(dir, "new")))
	page, err := os.ReadFile(filepath.Join(dir, "new", "fields.md"))
	require.NoError(t, err)
	for _, scope := range field.Scopes() {
		for _, f := range field.Of(scope) {
			require.Contains(t, string(page), "| `"+f.Name+"` | ")
		}
	}
	require.ErrorContains(t, write(filepath.Join(dir, "new", "fields.md")), "cannot make the folder")
}

func TestEveryTableRowHasSixCells(t *testing.T) {
	t.Parallel()
	for line := range strings.SplitSeq(string(fieldsPage()), "\n") {
		if strings.HasPrefix(line, "| `") {
			require.Equal(t, 7, strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"), line)
		}
	}
}

func TestPythonCanHaveEveryName(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		require.NotEmpty(t, pythonScopes[scope])
		for _, f := range field.Of(scope) {
			require.NotContains(t, pythonReserved, f.Name)
			require.NotContains(t, f.Name, "__", "two underscores begin an operator")
			require.NotContains(t, f.Doc, `"""`)
		}
	}
}

// values is a record that is nothing but its values.
type values []field.Value

func (r values) Value(i int, v *field.Value) { *v = r[i] }

// extreme returns a record with the least or the greatest value in every field,
// or without the optional ones.
func extreme(scope field.Scope, greatest, optional bool) values {
	all := field.Of(scope)
	r := make(values, len(all))
	for i, f := range all {
		switch {
		case f.Optional && !optional:
		case greatest:
			setGreatest(&r[i], f.Kind)
		default:
			setLeast(&r[i], f.Kind)
		}
	}
	return r
}

func setLeast(v *field.Value, kind field.Kind) {
	switch kind {
	case field.Float64:
		v.SetFloat(-math.MaxFloat64)
	case field.String:
		v.SetString("")
	case field.StringList:
		v.SetList(nil)
	case field.IP:
		v.SetAddr(netip.IPv4Unspecified())
	case field.Time, field.Duration:
		v.SetInt(math.MinInt64)
	default:
		v.SetUint(0)
	}
}

func setGreatest(v *field.Value, kind field.Kind) {
	switch kind {
	case field.Uint8:
		v.SetUint(math.MaxUint8)
	case field.Uint16:
		v.SetUint(math.MaxUint16)
	case field.Uint32:
		v.SetUint(math.MaxUint32)
	case field.Float64:
		v.SetFloat(math.MaxFloat64)
	case field.String:
		v.SetString("\x00\"\\\xff")
	case field.StringList:
		v.SetList([]string{"a;b", "\xff"})
	case field.IP:
		v.SetAddr(netip.MustParseAddr("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
	case field.MAC:
		v.SetUint(1<<48 - 1)
	case field.Time, field.Duration:
		v.SetInt(math.MaxInt64)
	default:
		v.SetUint(math.MaxUint64)
	}
}

func compile(t *testing.T, scope field.Scope) *jsonschema.Schema {
	t.Helper()
	text, err := jsonSchema(scope)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("schema.json", doc))
	schema, err := c.Compile("schema.json")
	require.NoError(t, err)
	return schema
}

func validate(t *testing.T, schema *jsonschema.Schema, line []byte) error {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	require.NoError(t, err)
	return schema.Validate(doc)
}

func line(t *testing.T, scope field.Scope, r codec.Row) []byte {
	t.Helper()
	cols, err := codec.Select(scope, nil)
	require.NoError(t, err)
	var out bytes.Buffer
	w := codec.NewJSON(&out, cols)
	require.NoError(t, w.Write(r))
	require.NoError(t, w.Close())
	return out.Bytes()
}

func TestJSONLinesFollowTheSchema(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		schema := compile(t, scope)
		for _, r := range []values{
			extreme(scope, false, true), extreme(scope, true, true), extreme(scope, false, false), extreme(scope, true, false),
		} {
			text := line(t, scope, r)
			require.NoError(t, validate(t, schema, text), "%s", text)
		}
	}
}

// TestSchemaRejects makes sure that the schema says something: each field with a
// value of another kind, each required field left out, and an unknown field fail.
func TestSchemaRejects(t *testing.T) {
	t.Parallel()
	for _, scope := range field.Scopes() {
		schema := compile(t, scope)
		whole := line(t, scope, extreme(scope, true, true))
		change := func(edit func(object map[string]any)) error {
			var object map[string]any
			dec := json.NewDecoder(bytes.NewReader(whole))
			dec.UseNumber()
			require.NoError(t, dec.Decode(&object))
			edit(object)
			text, err := json.Marshal(object)
			require.NoError(t, err)
			return validate(t, schema, text)
		}
		require.NoError(t, change(func(map[string]any) {}))
		require.Error(t, change(func(o map[string]any) { o["no_such_field"] = 1 }))
		for _, f := range field.Of(scope) {
			require.Error(t, change(func(o map[string]any) { o[f.Name] = map[string]any{} }), f.Name)
			err := change(func(o map[string]any) { delete(o, f.Name) })
			require.Equal(t, f.Optional, err == nil, f.Name)
			if wrong := wrongValue(f.Kind); wrong != nil {
				require.Error(t, change(func(o map[string]any) { o[f.Name] = wrong }), f.Name)
			}
		}
	}
}

// wrongValue returns a value of the right JSON type that the kind does not
// allow, nil where there is none.
func wrongValue(kind field.Kind) any {
	switch kind {
	case field.Uint8:
		return 256
	case field.Uint16:
		return 65536
	case field.Uint32:
		return 1 << 32
	case field.Uint64:
		return -1
	case field.IP:
		return "192.0.2.300"
	case field.MAC:
		return "00:11:22:AA:BB:CC"
	case field.Time:
		return "2026-03-01T12:00:00+01:00"
	case field.StringList:
		return []any{1}
	default:
		return nil
	}
}
