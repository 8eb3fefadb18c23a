package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ParseHeader reads what a script says of itself in the comments at its beginning,
// one tag a line behind the comment mark ("--" or "//"):
//
//	-- @hook host
//	-- @detects Hosts that send much
//	-- @tune Raise limit where backups run
//	-- @param limit 1000000 Bytes a host may send
//	-- @off
//
// Several hooks are separated by blanks. Lines without a tag are for readers.
func ParseHeader(source, mark string, info *Info) error {
	for line := range strings.Lines(source) {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), mark)
		if !ok {
			if strings.TrimSpace(line) == "" {
				continue
			}
			return nil
		}
		tag, ok := strings.CutPrefix(strings.TrimSpace(text), "@")
		if !ok {
			continue
		}
		if err := info.tag(tag); err != nil {
			return err
		}
	}
	return nil
}

func (info *Info) tag(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	rest = strings.TrimSpace(rest)
	switch word {
	case "hook":
		for name := range strings.FieldsSeq(rest) {
			h, ok := HookNamed(name)
			if !ok {
				return fmt.Errorf("cannot use @hook %s: there are %s", name, strings.Join(hookNames[:], ", "))
			}
			info.Hooks |= HooksOf(h)
		}
	case "detects":
		info.Detects = rest
	case "tune":
		info.Tune = rest
	case "off":
		info.Off = true
	case "param":
		return info.param(rest)
	default:
		return fmt.Errorf("cannot use @%s: there are @hook, @detects, @tune, @param and @off", word)
	}
	return nil
}

// ofAll are the settings that every check has.
var ofAll = [...]string{"enabled", "score", "exclude"} //nolint:gochecknoglobals // constant

// param reads "name default doc"; a default in brackets is a list.
func (info *Info) param(text string) error {
	name, rest, _ := strings.Cut(text, " ")
	value, doc, _ := strings.Cut(rest, " ")
	if slices.Contains(ofAll[:], name) {
		return fmt.Errorf("cannot use @param %s: all checks have a setting of that name, choose another", name)
	}
	if list, ok := strings.CutPrefix(rest, "["); ok {
		value, doc, ok = strings.Cut(list, "]")
		if !ok {
			return fmt.Errorf("cannot use @param %s: the list has no end", name)
		}
		info.Params = append(info.Params, Param{name, splitList(value), strings.TrimSpace(doc)})
		return nil
	}
	if name == "" || value == "" {
		return fmt.Errorf("cannot use @param %s: it is written as name, default, meaning", text)
	}
	p := Param{Name: name, Default: value, Doc: doc}
	if n, err := strconv.ParseFloat(value, 64); err == nil {
		p.Default = n
	} else if value == "true" || value == "false" {
		p.Default = value == "true"
	}
	info.Params = append(info.Params, p)
	return nil
}

func splitList(text string) []string {
	list := []string{}
	for _, x := range strings.Split(text, ",") {
		if x = strings.TrimSpace(x); x != "" {
			list = append(list, x)
		}
	}
	return list
}
