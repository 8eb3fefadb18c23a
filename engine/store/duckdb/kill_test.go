package duckdb_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/field"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// victimVariable has the test be the process that is killed, on the database that it names.
const victimVariable = "FLOWLOOM_TEST_VICTIM"

// roundsVariable says how many rounds there are, where five are too few, and
// intervalVariable how old flows may get before they are written, where a second is too
// short.
const (
	roundsVariable   = "FLOWLOOM_KILL_ROUNDS"
	intervalVariable = "FLOWLOOM_KILL_INTERVAL"
)

// interval is how old flows may get.
func interval() time.Duration {
	if d, err := time.ParseDuration(os.Getenv(intervalVariable)); err == nil {
		return d
	}
	return time.Second
}

func TestMain(m *testing.M) {
	if path := os.Getenv(victimVariable); path != "" {
		fmt.Println(victim(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// victim records flows without end, numbered on, and says which it has given when. With each
// write comes an alert that begins, or ends.
func victim(path string) error {
	db, err := duckdb.Open(path, duckdb.Config{})
	if err != nil {
		return err
	}
	turn := 0
	recorder, err := store.NewRecorder(db, store.Config{Every: interval(), Journal: db.Journal(), More: func() []store.Rows {
		turn++
		a := &alert.Alert{Finding: alert.Finding{Check: "test", Subject: "10.0.0.1", Score: 50, Time: 1, Message: strconv.Itoa(turn)}, Status: alert.Status(turn % 2 * 2)}
		return store.AlertRows([]codec.Row{check.AlertRow{Alert: a}}, time.Now())
	}})
	if err != nil {
		return err
	}
	r, err := db.Query(context.Background(), "SELECT count(*) FROM flows", store.Limits{})
	if err != nil {
		return err
	}
	for n := uint64(r.Rows[0][0].(int64)); ; n++ {
		if err := recorder.Flow(numbered{n}); err != nil {
			return err
		}
		if n%100 == 0 {
			fmt.Println(n, time.Now().UnixNano(), recorder.Kept())
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// TestKilled kills a process that records, in the midst of it, again and again. The database
// opens each time, has all flows up to one, and lacks at most those of one interval.
func TestKilled(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.duckdb")
	worst, before := time.Duration(0), int64(0)
	rounds := 5
	if n, err := strconv.Atoi(os.Getenv(roundsVariable)); err == nil {
		rounds = n
	}
	for round := range rounds {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), victimVariable+"="+path)
		out, err := cmd.StdoutPipe()
		require.NoError(t, err)
		require.NoError(t, cmd.Start())
		given, started := make(map[int64]int64), time.Now()
		lines := bufio.NewScanner(out)
		var killed time.Time
		known := before
		for life := interval()*7/5 + time.Duration(rand.Int64N(int64(interval())*3/2)) + 2*time.Second; lines.Scan(); {
			var n, at, kept int64
			_, err := fmt.Sscan(lines.Text(), &n, &at, &kept)
			require.NoError(t, err, lines.Text())
			if len(given) == 0 {
				started = time.Now() // the opening is over
			}
			given[n], known = at, before+kept
			if killed.IsZero() && time.Since(started) > life {
				killed = time.Now()
				require.NoError(t, cmd.Process.Kill())
			}
		}
		require.Error(t, cmd.Wait())

		db, err := duckdb.Open(path, duckdb.Config{})
		require.NoError(t, err, "round %d", round)
		row := ask(t, db, "SELECT count(*), coalesce(max(packets), -1) FROM flows").Rows[0]
		require.EqualValues(t, row[0].(int64)-1, row[1], "none is missing in between")
		// Kept counts rows of all tables; there is one alert a write.
		require.GreaterOrEqual(t, row[0].(int64)+ask(t, db, "SELECT count(*) FROM alert_changes").Rows[0][0].(int64), known, "what was said to be kept is there")
		for n, at := range given {
			if n >= row[0].(int64) {
				worst = max(worst, killed.Sub(time.Unix(0, at)))
			}
		}
		require.Less(t, worst, interval(), "what was given long before the end is there")
		alerts := ask(t, db, `SELECT status, (SELECT count(*) FROM alert_changes) FROM alerts`).Rows
		require.LessOrEqual(t, len(alerts), 1)
		for _, a := range alerts {
			require.Equal(t, "past", a[0], "what lasted when the process died is over")
		}
		require.NoError(t, db.Close())
		before = row[0].(int64)
	}
	t.Logf("lost at most %v of flows; written every %v", worst, interval())
}

// numbered is a flow that has a number for its packets.
type numbered struct{ n uint64 }

func (r numbered) Value(i int, v *field.Value) {
	if field.Of(field.Flow)[i].Name == "packets" {
		v.SetUint(r.n)
		return
	}
	manyRows(r).Value(i, v)
}
