package js

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"

	"github.com/flowloom/flowloom/engine/check"
)

// maxString bounds the strings and lists that a native function makes at once.
const maxString = 1 << 20

// open takes out what a check needs not, and bounds what can take any time or memory
// without coming by an instruction that could be interrupted.
func (in *instance) open(settings check.Settings) error {
	for _, name := range [...]string{
		"ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array",
		"Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "Proxy", "Reflect", "WeakRef", "FinalizationRegistry",
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
	for name, v := range map[string]any{"console": console, "config": settings.Params, "inNetwork": in.inNetwork, "(fits)": in.fits} {
		if err := in.vm.Set(name, v); err != nil {
			return fmt.Errorf("cannot set up the runtime: %w", err)
		}
	}
	if _, err := in.vm.RunString(bounds); err != nil {
		return fmt.Errorf("cannot bound the runtime: %w", err)
	}
	return nil
}

// bounds wraps the native functions whose work follows from a number.
const bounds = `"use strict";
(function (fits) {
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
  wrap(Array.prototype, "fill", function () { return this.length; });
  wrap(Array.prototype, "join", function () { return this.length; });
  wrap(Array, "from", function (list) { return list == null || list.length === undefined ? 0 : Number(list.length); });
  for (const name of ["concat", "copyWithin", "every", "filter", "find", "findIndex", "flat", "flatMap", "forEach", "includes", "indexOf",
    "lastIndexOf", "map", "reduce", "reduceRight", "reverse", "slice", "some", "sort", "splice", "toString", "unshift", "shift"]) {
    if (Array.prototype[name]) wrap(Array.prototype, name, function () { return this.length; });
  }
})(globalThis["(fits)"]);
delete globalThis["(fits)"];
`

// fits refuses a size above the bound.
func (in *instance) fits(c goja.FunctionCall) goja.Value {
	if size := c.Argument(0).ToFloat(); size > maxString {
		in.fail("stopped: %.0f is above the %d bytes or values that a check may make at once", size, maxString)
	}
	return goja.Undefined()
}

// maxOutput bounds what one run may write, in bytes.
const maxOutput = 16 << 10

// print writes to the check's log.
func (in *instance) print(c goja.FunctionCall) goja.Value {
	words := make([]string, len(c.Arguments))
	for i, a := range c.Arguments {
		words[i] = a.String()
		if o, ok := a.(*goja.Object); ok {
			if text, err := o.MarshalJSON(); err == nil {
				words[i] = string(text)
			}
		}
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
