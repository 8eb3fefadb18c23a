package rest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/flowloom/flowloom/engine/check/scripts"
)

// scriptRow is a script that was uploaded.
type scriptRow struct {
	File     string    `json:"file"`
	Check    string    `json:"check"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
}

func scriptsSchema() schema {
	return rowsOf(map[string]schema{
		"file": text("as it was uploaded"), "check": text("that it makes"), "size": integer("bytes"), "modified": {"type": "string", "format": "date-time"},
	})
}

func scriptParameters() []schema {
	return []schema{{"name": "file", "in": "path", "required": true, "description": "name of the script: small letters, digits and _, and .lua or .js", "schema": schema{"type": "string", "pattern": scripts.FileNames}}}
}

// haveScripts tells when there is no place for scripts.
func (s *server) haveScripts(c *gin.Context) bool {
	if s.cfg.Scripts == nil || s.runner() == nil {
		fail(c, http.StatusNotFound, "there is no place for scripts: this engine runs without --data")
		return false
	}
	return true
}

func (s *server) scripts(c *gin.Context) {
	rows := []scriptRow{}
	if s.cfg.Scripts != nil {
		all, err := s.cfg.Scripts.List()
		if err != nil {
			fail(c, http.StatusServiceUnavailable, err.Error())
			return
		}
		for _, sc := range all {
			rows = append(rows, scriptRow{sc.File, sc.Check(), sc.Size, sc.Modified.UTC()})
		}
	}
	c.JSON(http.StatusOK, gin.H{"rows": rows})
}

// script returns the text of a script.
func (s *server) script(c *gin.Context) {
	if !s.haveScripts(c) {
		return
	}
	source, err := s.cfg.Scripts.Source(c.Param("file"))
	if err != nil {
		failScript(c, err)
		return
	}
	c.Data(http.StatusOK, plainType, source)
}

const plainType = "text/plain; charset=utf-8"

func failScript(c *gin.Context, err error) {
	var unkept *scripts.UnkeptError
	switch {
	case errors.Is(err, scripts.ErrNone):
		fail(c, http.StatusNotFound, err.Error())
	case errors.Is(err, scripts.ErrTaken):
		fail(c, http.StatusConflict, err.Error())
	case errors.As(err, &unkept):
		fail(c, http.StatusServiceUnavailable, err.Error())
	default:
		fail(c, http.StatusBadRequest, err.Error())
	}
}

// putScript takes a script.
func (s *server) putScript(c *gin.Context) {
	if !s.haveScripts(c) {
		return
	}
	source, err := readScript(c.Request.Body)
	if err == nil {
		err = s.cfg.Scripts.Put(c.Param("file"), source)
	}
	if err != nil {
		failScript(c, err)
		return
	}
	s.tellCheck(c, scripts.CheckOf(c.Param("file")))
}

// readScript reads what is no longer than a script may be.
func readScript(from io.Reader) ([]byte, error) {
	source, err := io.ReadAll(io.LimitReader(from, scripts.MaxSize+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the script: %w", err)
	}
	if len(source) > scripts.MaxSize {
		return nil, fmt.Errorf("cannot use a script of more than %d bytes", scripts.MaxSize)
	}
	return source, nil
}

// deleteScript removes a script with its check.
func (s *server) deleteScript(c *gin.Context) {
	if !s.haveScripts(c) {
		return
	}
	file := c.Param("file")
	if err := s.cfg.Scripts.Remove(file); err != nil {
		failScript(c, err)
		return
	}
	c.JSON(http.StatusOK, gin.H{"deleted": file})
}
