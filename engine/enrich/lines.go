package enrich

import (
	"bufio"
	"errors"
	"io"
	"strings"
)

// maxLine is how many bytes a line may have; what is longer is no list.
const maxLine = 16 << 10

// maxFaultLines is how many of the lines not understood are told by number.
const maxFaultLines = 5

// faults is what of a file did not make it into memory.
type faults struct {
	rejected uint64 // lines not understood
	dropped  uint64 // entries beyond the limit
	lines    []int  // the first lines rejected
}

func (f *faults) reject(line int) {
	f.rejected++
	if len(f.lines) < maxFaultLines {
		f.lines = append(f.lines, line)
	}
}

// eachLine hands the lines of a text to use, without space at their ends and
// without a byte order mark. It counts those that use does not understand, and
// those too long to be handed over.
func eachLine(r io.Reader, f *faults, use func(line string) bool) error {
	in := bufio.NewReaderSize(r, maxLine)
	for n := 1; ; n++ {
		part, err := in.ReadSlice('\n')
		line, fits := string(part), true
		for errors.Is(err, bufio.ErrBufferFull) {
			fits = false
			_, err = in.ReadSlice('\n')
		}
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if !fits || line != "" && !use(strings.TrimSpace(line)) {
			f.reject(n)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// comment reports whether a line says nothing: it is empty or a remark.
func comment(line string) bool {
	return line == "" || strings.IndexByte("#;!", line[0]) >= 0 || strings.HasPrefix(line, "//")
}

// columns splits a line of comma-separated values (RFC 4180, section 2), into at
// most n.
func columns(line string, n int) []string {
	var all []string
	for more := true; more && len(all) < n; {
		var column string
		line = strings.TrimLeft(line, " \t")
		if strings.HasPrefix(line, `"`) {
			column, line = quoted(line[1:])
			_, line, more = strings.Cut(line, ",")
		} else {
			column, line, more = strings.Cut(line, ",")
		}
		all = append(all, strings.TrimSpace(column))
	}
	return all
}

// quoted reads up to the closing quote; two of them stand for one.
func quoted(s string) (value, rest string) {
	for at := 0; at < len(s); at++ {
		if s[at] != '"' {
			continue
		}
		if !strings.HasPrefix(s[at+1:], `"`) {
			return strings.ReplaceAll(s[:at], `""`, `"`), s[at+1:]
		}
		at++
	}
	return strings.ReplaceAll(s, `""`, `"`), ""
}
