// Package duckdb keeps the history in a DuckDB database, in this process and in one file.
//
// Rows are appended column by column, a transaction each time, so that after a crash the
// file holds whole writes only. Users ask with SQL: a query is parsed first, and only one
// SELECT over the public tables with harmless functions is run, in a read-only transaction,
// while the database is barred from files and network.
package duckdb
