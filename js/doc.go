// Package js runs checks written in JavaScript (goja, ECMAScript 6 and most of what came
// since). A check is a module that exports a function for each hook it wants to run on,
//
//	export function hostMinute(host) { if (host.bytes_sent > 1e9) host.alert(100, "much") }
//
// and sees the fields of the catalogue as properties. Variables of the module persist
// from run to run.
//
// A module cannot do harm: it has no files, no network and no imports; its time, its
// stack and its strings are bounded.
package js
