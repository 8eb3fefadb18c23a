// Package ntopng answers as ntopng's REST API v2 does, as far as its official Python client
// asks: /lua/rest/v2 and /lua/pro/rest/v2. Shapes are ntopng's, also where they are odd;
// what they tell is this engine's. Hosts and flows are those of all interfaces, as the
// engine keeps one table. Where its server and its client differ, both are served.
package ntopng
