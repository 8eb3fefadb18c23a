package duckdb

import (
	"encoding/json"
	"fmt"
	"math"
	"math/big"
	"reflect"
	"strings"
	"time"

	driver "github.com/duckdb/duckdb-go/v2"
)

// plainValue turns what the driver returns for a type of SQL into what store.Result holds.
func plainValue(v any, kind string) any {
	switch v := v.(type) {
	case nil, bool, int64, uint64, string:
		return v
	case int8, int16, int32, uint8, uint16, uint32, float32:
		return plainNumber(v)
	case time.Time:
		if kind == "TIME" { // of a day without a date
			return v.Format("15:04:05.999999")
		}
		return plainTime(v)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil // as JSON has no such numbers
		}
		return v
	case []byte:
		if kind == "UUID" && len(v) == len(driver.UUID{}) {
			id := driver.UUID(v)
			return id.String()
		}
		return string(v)
	case *big.Int: // sums of whole numbers have 128 bits
		switch {
		case v.IsInt64():
			return v.Int64()
		case v.IsUint64():
			return v.Uint64()
		}
		f, _ := new(big.Float).SetInt(v).Float64()
		return f
	case driver.Decimal:
		return v.Float64()
	case driver.Interval:
		const day = 24 * time.Hour
		return (time.Duration(v.Micros)*time.Microsecond + time.Duration(v.Days)*day + time.Duration(v.Months)*30*day).Seconds()
	case []any:
		list, kind := make([]any, len(v)), strings.TrimSuffix(kind, "[]")
		for i := range v {
			list[i] = plainValue(v[i], kind)
		}
		return list
	case map[string]any, driver.OrderedMap:
		text, _ := json.Marshal(object(v)) // which is plain
		return string(text)
	case driver.Union:
		return plainValue(v.Value, "")
	default:
		return fmt.Sprint(v)
	}
}

// plainNumber returns a small number as one of the large types.
func plainNumber(v any) any {
	n := reflect.ValueOf(v)
	switch {
	case n.CanInt():
		return n.Int()
	case n.CanUint():
		return n.Uint()
	default:
		return plainValue(n.Float(), "")
	}
}

// object returns structures and maps as JSON has them; the keys of a map become texts.
func object(v any) any {
	out := make(map[string]any)
	switch v := v.(type) {
	case map[string]any:
		for name, item := range v {
			out[name] = object(item)
		}
	case driver.OrderedMap:
		keys, values := v.Keys(), v.Values()
		for i := range keys {
			out[fmt.Sprint(plainValue(keys[i], ""))] = object(values[i])
		}
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = object(v[i])
		}
		return list
	default:
		return plainValue(v, "")
	}
	return out
}

// plainTime leaves away times that RFC 3339 cannot write, as JSON has to: infinite ones, which
// are the outermost of a type, and those of other eras.
func plainTime(t time.Time) any {
	first, last := time.Unix(0, -math.MaxInt64), time.Unix(0, math.MaxInt64) // of nanoseconds
	if t.Year() < 0 || t.Year() > 9999 || t.Equal(first) || t.Equal(last) {
		return nil
	}
	return t
}

// sizeOf is about how much memory a value takes, in bytes.
func sizeOf(v any) int64 {
	const (
		slot   = 16 // in a row or a list
		header = 24 // of a text or a list
		number = 8
	)
	switch v := v.(type) {
	case nil, bool:
		return slot
	case string:
		return slot + header + int64(len(v))
	case []byte:
		return slot + header + int64(len(v))
	case []any:
		sum := int64(slot + header)
		for i := range v {
			sum += sizeOf(v[i])
		}
		return sum
	case map[string]any: // becomes text
		sum := int64(slot + header)
		for name, item := range v {
			sum += int64(len(name)) + sizeOf(item)
		}
		return sum
	case driver.OrderedMap: // becomes text
		return slot + header + sizeOf(v.Keys()) + sizeOf(v.Values())
	default:
		return slot + number
	}
}
