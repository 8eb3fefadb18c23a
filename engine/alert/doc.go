// Package alert keeps what checks found: findings become alerts, which are engaged
// while their condition lasts, then released, and may be acknowledged. What an alert
// is about is an opaque text here: this package knows neither hosts nor flows.
package alert
