package js

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
)

// maxString bounds the strings and lists that a native function makes at once, in bytes.
const maxString = 1 << 20

// open takes out what a check needs not, and bounds what can take any time or memory
// without coming by an instruction that could be interrupted.
func (in *instance) open(settings check.Settings) error {
	for _, name := range [...]string{
		"ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array",
		"Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "Proxy", "Reflect", "WeakRef", "FinalizationRegistry",
		"eval", "Function",
	} {
		if err := in.vm.GlobalObject().Delete(name); err != nil {
			return fmt.Errorf("cannot take %s from the runtime: %w", name, err)
		}
	}
	console := in.vm.NewObject()
	for _, level := range [...]string{"log", "info", "warn", "error", "debug"} {
		if err := console.Set(level, in.print); err != nil {
			return fmt.Errorf("cannot set up the console: %w", err)
		}
	}
	for name, v := range map[string]any{"console": console, "config": settings.Params, "inNetwork": in.inNetwork, "(fits)": in.fits, operandName: in.operand, exponentName: in.exponent} {
		if err := in.vm.Set(name, v); err != nil {
			return fmt.Errorf("cannot set up the runtime: %w", err)
		}
	}
	if _, err := in.vm.RunString(bounds); err != nil {
		return fmt.Errorf("cannot bound the runtime: %w", err)
	}
	stringify, ok := goja.AssertFunction(in.vm.Get("JSON").ToObject(in.vm).Get("stringify"))
	if !ok {
		return errors.New("cannot set up the console")
	}
	in.stringify = stringify
	if in.text, ok = goja.AssertFunction(in.vm.Get("String")); !ok {
		return errors.New("cannot set up the runtime: it has no texts")
	}
	in.vm.SetTimeSource(in.now)
	return nil
}

// bounds wraps the native functions whose work follows from a number, or from how deeply
// things are nested: those that call themselves have no bound of their own. Code cannot be
// made from text.
const bounds = `"use strict";
(function (fits) {
  for (const f of [function () {}, function* () {}, async function () {}]) {
    Object.defineProperty(Object.getPrototypeOf(f), "constructor", { value: undefined });
  }
  delete BigInt.asIntN;
  delete BigInt.asUintN;
  const maxDepth = 64;
  function nested(thing, depth) {
    if (depth > maxDepth) throw new TypeError("stopped: it is nested more than " + maxDepth + " deep");
    if (thing !== null && typeof thing === "object") for (const key of Object.keys(thing)) nested(thing[key], depth + 1);
    return 0;
  }
  function wrap(object, name, size) {
    const native = object[name];
    Object.defineProperty(object, name, { value: function (...args) {
      fits(size.call(this, ...args));
      return native.apply(this, args);
    } });
  }
  wrap(String.prototype, "repeat", function (n) { return String(this).length * Number(n); });
  wrap(String.prototype, "padStart", function (n) { return Number(n); });
  wrap(String.prototype, "padEnd", function (n) { return Number(n); });
  wrap(JSON, "stringify", function (value) { return nested(value, 0); });
  wrap(JSON, "parse", function (text) { return 16 * String(text).length; }); // each of which may be a list in a list
  const value = 16; // bytes that a value of a list counts for
  wrap(Array.prototype, "fill", function () { return value * this.length; });
  wrap(Array.prototype, "join", function () { return value * this.length; });
  wrap(Array, "from", function (list) { return list == null || list.length === undefined ? 0 : value * list.length; });
  wrap(Array.prototype, "flat", function () { return nested(this, 0); });
  for (const name of ["concat", "copyWithin", "every", "filter", "find", "findIndex", "flat", "flatMap", "forEach", "includes", "indexOf",
    "lastIndexOf", "map", "reduce", "reduceRight", "reverse", "slice", "some", "sort", "splice", "toString", "unshift", "shift"]) {
    if (Array.prototype[name]) wrap(Array.prototype, name, function () { return value * this.length; });
  }
})(globalThis["(fits)"]);
delete globalThis["(fits)"];
`

// now is the time of the run, so that Date goes by packets in a capture; while the module is
// loaded there is none.
func (in *instance) now() time.Time {
	if in.call == nil {
		return time.Unix(0, 0)
	}
	return time.Unix(0, in.call.Now)
}

// fits refuses a size above the bound.
func (in *instance) fits(c goja.FunctionCall) goja.Value {
	if size := c.Argument(0).ToFloat(); size > maxString {
		in.fail("stopped: %.0f is above the %d bytes that a check may make at once", size, maxString)
	}
	return goja.Undefined()
}

// maxOutput bounds what one run may write, in bytes.
const maxOutput = 16 << 10

// print writes to the check's log.
func (in *instance) print(c goja.FunctionCall) goja.Value {
	words := make([]string, len(c.Arguments))
	for i, a := range c.Arguments {
		if o, ok := a.(*goja.Object); ok {
			if text, err := in.stringify(goja.Undefined(), o); err == nil {
				words[i] = text.String()
				continue
			}
		}
		words[i] = a.String()
	}
	line := strings.Join(words, " ")
	if room := maxOutput - in.output; len(line) > room {
		line = line[:max(room, 0)]
	}
	if in.output += len(line) + 1; in.call != nil && line != "" {
		in.call.Log(line)
	}
	return goja.Undefined()
}
