// Package scripts keeps the scripts that users upload, and the settings that they change,
// in a folder, so that both are there again after a restart.
package scripts
