// Package store keeps history: flows that ended and parts of those that last, alerts as they
// change, and samples of counters. A [Recorder] collects them off the hot path and hands
// them, a batch of rows a table, to a database; [Appender] and [Querier] are what that has
// to do. Columns come from the field catalogue.
package store
