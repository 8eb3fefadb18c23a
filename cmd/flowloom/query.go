package main

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// queryOptions are the flags of `flowloom query`.
type queryOptions struct {
	dir, url, token, format string
	limit                   int
	timeout                 time.Duration
}

const queryExample = `  flowloom query 'SELECT l7_proto, sum(bytes) b FROM flows GROUP BY ALL ORDER BY b DESC LIMIT 10'
  flowloom query "FROM flows WHERE srv_ip = '192.0.2.1' AND first_seen > now() - INTERVAL 1 HOUR"
  flowloom query --url http://127.0.0.1:3000 'FROM alerts'     of an engine that runs
  flowloom query -f csv 'FROM samples' > samples.csv`

func newQuery() *cobra.Command {
	var o queryOptions
	cmd := &cobra.Command{
		Use:   "query SQL",
		Short: "Ask the history",
		Long: `Ask the history in SQL, as DuckDB speaks it: one SELECT over the tables flows, alerts, alert_changes
and samples, or ntopng.flows, which has ntopng's columns. Without --url the database is read itself, which
takes that no engine has it open.`,
		Example: queryExample,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{errors.New("cannot ask without one query: quote it, as in 'SELECT count(*) FROM flows'")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd, args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.dir, "data", dataDir(), "`directory` that the history is in")
	f.StringVar(&o.url, "url", "", "ask the engine that answers at this `address`")
	f.StringVar(&o.token, "token", "", "what that engine wants to know (default: $"+tokenVariable+")")
	f.StringVarP(&o.format, "format", "f", "table", "output `format`: table, json, csv")
	f.IntVarP(&o.limit, "limit", "n", store.DefaultRows, "print so many rows at most")
	f.DurationVar(&o.timeout, "timeout", store.DefaultTime, "give up after so long")
	complete(cmd, "format", "table", "json", "csv")
	return cmd
}

func (o *queryOptions) run(cmd *cobra.Command, sql string) error {
	write := map[string]func(io.Writer, *store.Result) error{"table": queryTable, "json": queryJSON, "csv": queryCSV}[o.format]
	if write == nil {
		return usageError{fmt.Errorf("cannot print format %q: use table, json or csv", o.format)}
	}
	if o.limit < 1 || o.limit > store.MaxRows || o.timeout <= 0 {
		return usageError{fmt.Errorf("cannot print %d rows within %v: choose 1 to %d rows and a time", o.limit, o.timeout, store.MaxRows)}
	}
	ask := o.askFile
	if o.url != "" {
		ask = o.askEngine
	}
	r, err := ask(cmd.Context(), sql)
	if err != nil {
		return err
	}
	if err := write(cmd.OutOrStdout(), r); err != nil {
		return fmt.Errorf("cannot write the output: %w", err)
	}
	if r.More {
		fmt.Fprintf(cmd.ErrOrStderr(), "flowloom: these are the first %d rows; --limit shows more\n", len(r.Rows))
	}
	return nil
}

func (o *queryOptions) askFile(ctx context.Context, sql string) (*store.Result, error) {
	file := historyFile(o.dir)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot open the history: there is none in %s; flowloom run keeps it where its --data says, or ask an engine with --url", o.dir)
	}
	db, err := duckdb.Open(file, duckdb.Config{ReadOnly: true})
	if errors.Is(err, duckdb.ErrInUse) {
		return nil, fmt.Errorf("%w; it answers to --url http://127.0.0.1:3000, or where its --listen says", err)
	}
	if err != nil {
		return nil, err
	}
	defer db.Close() //nolint:errcheck // read only: nothing is lost
	return db.Query(ctx, sql, store.Limits{Rows: o.limit, Time: o.timeout})
}

func (o *queryOptions) askEngine(ctx context.Context, sql string) (*store.Result, error) {
	body, err := json.Marshal(map[string]any{"sql": sql, "limit": o.limit, "seconds": o.timeout.Seconds()})
	if err != nil {
		return nil, fmt.Errorf("cannot ask: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(o.url, "/")+"/api/v1/history/query", bytes.NewReader(body))
	if err != nil {
		return nil, usageError{fmt.Errorf("cannot ask %s: %w", o.url, err)}
	}
	if o.token == "" {
		o.token = os.Getenv(tokenVariable)
	}
	if o.token != "" { // else the address may have a user and a password
		req.Header.Set("Authorization", "Token "+o.token)
	}
	resp, err := http.DefaultClient.Do(req)
	var unknown x509.UnknownAuthorityError
	if errors.As(err, &unknown) {
		err = fmt.Errorf("%w; for a certificate of its own set SSL_CERT_FILE to its tls-cert.pem", err)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot ask the engine: %w", err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	answer := json.NewDecoder(resp.Body)
	answer.UseNumber()
	if resp.StatusCode != http.StatusOK {
		var p struct{ Detail string }
		if err := answer.Decode(&p); err != nil || p.Detail == "" {
			p.Detail = resp.Status
		}
		return nil, fmt.Errorf("cannot ask the engine at %s: %s", o.url, p.Detail)
	}
	var r store.Result
	if err := answer.Decode(&r); err != nil {
		return nil, fmt.Errorf("cannot understand the engine at %s: %w", o.url, err)
	}
	readTimes(&r)
	return &r, nil
}

// readTimes makes times of what is one, so that they are printed as those of a file are.
func readTimes(r *store.Result) {
	for i, c := range r.Columns {
		if c.Type != "DATE" && !strings.HasPrefix(c.Type, "TIMESTAMP") {
			continue
		}
		for _, row := range r.Rows {
			text, _ := row[i].(string)
			if t, err := time.Parse(time.RFC3339Nano, text); err == nil {
				row[i] = t
			}
		}
	}
}

// cell is a value as tables and CSV show it.
func cell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.UTC().Format("2006-01-02 15:04:05.999999")
	case float64: // as JSON has it, without an exponent where it can be
		text, _ := json.Marshal(v)
		return string(text)
	case []any:
		items := make([]string, len(v))
		for i := range v {
			items[i] = cell(v[i])
		}
		return strings.Join(items, ", ")
	default:
		return fmt.Sprint(v)
	}
}

// queryTable aligns numbers to the right, all else to the left.
func queryTable(w io.Writer, r *store.Result) error {
	rows := make([][]string, 0, len(r.Rows)+1)
	add := func(of func(i int) string) {
		row := make([]string, len(r.Columns))
		for i := range row {
			row[i] = clean(of(i))
		}
		rows = append(rows, row)
	}
	add(func(i int) string { return r.Columns[i].Name })
	for _, row := range r.Rows {
		add(func(i int) string { return cell(row[i]) })
	}
	for i, c := range r.Columns {
		if numeric(c.Type) {
			toTheRight(rows, i)
		}
	}
	return aligned(w, rows)
}

// toTheRight fills the cells of a column from the left.
func toTheRight(rows [][]string, column int) {
	width := 0
	for _, row := range rows {
		width = max(width, utf8.RuneCountInString(row[column]))
	}
	for _, row := range rows {
		row[column] = fmt.Sprintf("%*s", width, row[column])
	}
}

// clean leaves out what would command the terminal: names in it come from the network.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '\ufffd'
		}
		return r
	}, s)
}

func numeric(kind string) bool {
	return strings.HasSuffix(kind, "INT") || strings.HasSuffix(kind, "INTEGER") || kind == "DOUBLE" || kind == "FLOAT" || strings.HasPrefix(kind, "DECIMAL")
}

// queryJSON prints an object a row, with the columns in their order.
func queryJSON(w io.Writer, r *store.Result) error {
	var b bytes.Buffer
	for _, row := range r.Rows {
		for i, c := range r.Columns {
			name, err := json.Marshal(c.Name)
			if err != nil {
				return err
			}
			value, err := json.Marshal(row[i])
			if err != nil {
				return err
			}
			b.WriteByte("{,"[min(i, 1)])
			b.Write(name)
			b.WriteByte(':')
			b.Write(value)
		}
		b.WriteString("}\n")
	}
	_, err := w.Write(b.Bytes())
	return err
}

func queryCSV(w io.Writer, r *store.Result) error {
	out := csv.NewWriter(w)
	record := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		record[i] = c.Name
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, row := range r.Rows {
		for i, v := range row {
			record[i] = cell(v)
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}
