// Package direct runs the simple part of a check without its language's interpreter.
//
// Most runs of most checks compare a few fields and find nothing. A runtime builds a
// [Program] from the syntax tree of a script as far as the script is simple: fields of
// the subject, constants, comparisons, arithmetic, branches, loops over lists, alerts.
// A [Machine] runs it. Where a run comes to something else, or to an error, the machine
// gives up, and the interpreter runs the script from its beginning. That is the same as
// if the machine had never been: what it can do changes nothing, and alerts wait until
// it is through.
package direct
