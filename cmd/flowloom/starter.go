package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/flowloom/flowloom/engine/check"
)

// starterLanguage returns the language of a starter in a file: as its name ends, which is how
// it is told later, too.
func starterLanguage(file, asked string) (string, error) {
	lang := strings.TrimPrefix(filepath.Ext(file), ".")
	if asked != "" && lang != asked {
		return "", fmt.Errorf("cannot begin a check in %q in the file %s: call it like mine.%[1]s", asked, file)
	}
	if lang == "" {
		return "", fmt.Errorf("cannot begin a check in the file %s: call it like mine.lua or mine.js", file)
	}
	return lang, nil
}

// starter returns a check to begin with, which works as it is.
func starter(lang, hookName string) (string, error) {
	hook, ok := check.HookNamed(hookName)
	if !ok {
		return "", fmt.Errorf("cannot begin a check for the hook %q: there are %s", hookName, strings.Join(check.HookNames(), ", "))
	}
	switch lang {
	case "lua":
		return luaStarter(hook), nil
	case "js":
		return jsStarter(hook), nil
	default:
		return "", fmt.Errorf("cannot begin a check in %q: use lua or js", lang)
	}
}

// condition is what the starters ask for: the table or argument, the field, and words.
func condition(hook check.Hook) (subject, field, words string) {
	switch hook {
	case check.HostMinute:
		return "host", "bytes_sent", "bytes sent by a host"
	case check.InterfaceMinute:
		return "interface", "dropped_packets", "packets that an interface dropped"
	case check.NetworkMinute:
		return "network", "egress_bytes", "bytes that left a network"
	default:
		return "flow", "bytes", "bytes of a flow"
	}
}

func luaStarter(hook check.Hook) string {
	subject, field, words := condition(hook)
	return fmt.Sprintf(`-- @hook %[1]s
-- @detects More than a limit of %[4]s
-- @tune Raise limit where that is usual
-- @param limit 1000000 Limit

-- The body runs once for each subject. config holds the parameters; every field of
-- docs/fields.md is a function.
if %[2]s.%[3]s() > config.limit then
   %[2]s.triggerAlert(100, "%[3]s is " .. %[2]s.%[3]s())
end
`, hook, subject, field, words)
}

func jsStarter(hook check.Hook) string {
	subject, field, words := condition(hook)
	name := map[check.Hook]string{
		check.HostMinute: "hostMinute", check.FlowDetected: "flowDetected", check.FlowPeriodic: "flowPeriodic", check.FlowEnd: "flowEnd",
		check.InterfaceMinute: "interfaceMinute", check.NetworkMinute: "networkMinute",
	}[hook]
	if subject == "interface" { // a reserved word
		subject = "iface"
	}
	return fmt.Sprintf(`// @detects More than a limit of %[4]s
// @tune Raise limit where that is usual
// @param limit 1000000 Limit

// config holds the parameters; every field of docs/fields.md is a property.
export function %[1]s(%[2]s) {
  if (%[2]s.%[3]s > config.limit) {
    %[2]s.alert(100, `+"`%[3]s is ${%[2]s.%[3]s}`"+`);
  }
}
`, name, subject, field, words)
}
