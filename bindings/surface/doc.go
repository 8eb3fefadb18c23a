// Package surface is what programs in other languages see of the engine, once for all of
// them: package capi gives it to C and to what loads C libraries, package py to gopy.
//
// A [Session] analyses one input. What it finds is pulled: [Session.Next] gives the next
// batch of flows as Arrow, or the next [Question] to a check whose code lives in the
// caller's language. The engine waits for the reader, so memory is bounded however long the
// input is, and foreign code runs in the thread that asks, never in one of the engine's.
// All of a Session may be used from several goroutines.
package surface
