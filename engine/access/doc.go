// Package access says who may ask an engine what: users with passwords, tokens for programs,
// sessions for browsers, and a log of what they did. It knows no HTTP. Secrets are kept as
// hashes only, in one file that the command line may change while an engine runs.
package access
