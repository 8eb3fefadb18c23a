package duckdb_test

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/flowloom/flowloom/engine/alert"
	"github.com/flowloom/flowloom/engine/check"
	"github.com/flowloom/flowloom/engine/codec"
	"github.com/flowloom/flowloom/engine/store"
	"github.com/flowloom/flowloom/engine/store/duckdb"
)

// failing is a database that takes nothing.
type failing struct{}

var errFailing = errors.New("no room")

func (failing) Append(context.Context, []store.Rows) error { return errFailing }

// late leaves flows and an alert that lasts in the journal of a database.
func late(t *testing.T, path string) {
	t.Helper()
	db, err := duckdb.Open(path, duckdb.Config{Protocols: map[string]uint16{"TLS": 91}})
	require.NoError(t, err)
	alerts := func() []store.Rows {
		a := &alert.Alert{Finding: alert.Finding{Check: "test", Subject: "10.0.0.1", Score: 50, Time: 1}, Status: alert.Engaged}
		return store.AlertRows([]codec.Row{check.AlertRow{Alert: a}}, time.Now())
	}
	r, err := store.NewRecorder(failing{}, store.Config{Journal: db.Journal(), More: alerts})
	require.NoError(t, err)
	for n := range uint64(100) {
		require.NoError(t, r.Flow(numbered{n}))
	}
	require.ErrorIs(t, r.Close(), errFailing)
	require.NoError(t, db.Close())
}

func TestALateRowIsThereAtTheNextStart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.duckdb")
	for round := range int64(2) {
		late(t, path)
		require.True(t, store.LeftInJournal(path+".journal"))
		db, err := duckdb.Open(path, duckdb.Config{})
		require.NoError(t, err)
		require.False(t, store.LeftInJournal(path+".journal"))
		require.Equal(t, 100*(round+1), ask(t, db, "SELECT count(*) FROM flows").Rows[0][0])
		require.Equal(t, int64(100), ask(t, db, "SELECT count(DISTINCT packets) FROM flows").Rows[0][0])
		require.Equal(t, "past", ask(t, db, "SELECT status FROM alerts").Rows[0][0], "nobody would end it")
		require.NoError(t, db.Trim(t.Context(), duckdb.Keep{}, time.Now()))
		number, err := db.Marked(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 2*(round+1), number, "flows and an alert each time")
		require.NoError(t, db.Close())
	}
}

func TestALateRowIsThereForWhoOnlyReads(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "history.duckdb")
	late(t, path)
	db, err := duckdb.Open(path, duckdb.Config{ReadOnly: true})
	require.NoError(t, err)
	require.Equal(t, int64(100), ask(t, db, "SELECT count(*) FROM flows").Rows[0][0])
	require.Equal(t, "engaged", ask(t, db, "SELECT status FROM alerts").Rows[0][0], "the next engine ends it")
	require.NoError(t, db.Close())
}
