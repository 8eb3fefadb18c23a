// Package rest answers questions about a running engine over HTTP: interfaces, hosts,
// flows, protocols, alerts and checks as JSON or Arrow, counters for Prometheus, and the
// description of all that as OpenAPI. Field names are those of the catalogue.
package rest
